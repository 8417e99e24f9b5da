import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{client,server,tools}/**/*.test.ts'],
    exclude: ['**/*.kernel.test.ts', '**/*.vscode.test.ts', 'node_modules/**'],
  },
});
