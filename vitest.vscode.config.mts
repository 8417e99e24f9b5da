import { defineConfig } from 'vitest/config';

/** The tests that drive real editors, a VS Code in a browser and Neovim: `npm run test:vscode`. */
export default defineConfig({
  test: {
    include: ['{client,server,tools}/**/*.vscode.test.ts'],
    exclude: ['node_modules/**'],
    globalSetup: 'tools/vscode/setup.ts',
    // Starting an editor takes seconds; a test itself waits for what it wants to see, never for a time.
    testTimeout: 240_000,
    fileParallelism: false,
  },
});
