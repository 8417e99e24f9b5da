import { defineConfig } from 'vitest/config';
import { importsForTests } from './tools/imports.mjs';

/** The slow tests, which read Debian's kernel packages: `npm run test:kernel`. */
export default defineConfig({
  plugins: [importsForTests],
  test: {
    include: ['{client,server,tools}/**/*.kernel.test.ts'],
    exclude: ['node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Some of them measure time, so that no two run side by side.
    fileParallelism: false,
  },
});
