import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { importsForTests } from './tools/imports.mjs';

export default defineConfig({
  plugins: [importsForTests],
  test: {
    // Only a hang is to end a test: a loaded machine may take many times as long as a free one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Loading the product for each file anew takes longer than most files' tests.
    isolate: false,
    // Vitest would leave one core idle, of two.
    maxWorkers: '100%',
    setupFiles: ['server/src/testing/after-file.ts'],
    // Tests leave the user's own store alone.
    env: { XDG_CACHE_HOME: path.join(tmpdir(), 'overlint-test-cache') },
    include: ['{client,server,tools}/**/*.test.ts'],
    exclude: ['**/*.kernel.test.ts', '**/*.vscode.test.ts', 'node_modules/**'],
  },
});
