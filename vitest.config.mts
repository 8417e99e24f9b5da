import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { yamlText } from './vitest.yaml.mts';

export default defineConfig({
  plugins: [yamlText],
  test: {
    // Tests leave the user's own store alone.
    env: { XDG_CACHE_HOME: path.join(tmpdir(), 'overlint-test-cache') },
    include: ['{client,server,tools}/**/*.test.ts'],
    exclude: ['**/*.kernel.test.ts', '**/*.vscode.test.ts', 'node_modules/**'],
  },
});
