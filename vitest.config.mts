import { defineConfig } from 'vitest/config';
import { yamlText } from './vitest.yaml.mts';

export default defineConfig({
  plugins: [yamlText],
  test: {
    include: ['{client,server,tools}/**/*.test.ts'],
    exclude: ['**/*.kernel.test.ts', '**/*.vscode.test.ts', 'node_modules/**'],
  },
});
