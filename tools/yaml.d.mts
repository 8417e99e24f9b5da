// Types of yaml.mjs, for the tests and configurations that share it.
import type { Plugin } from 'esbuild';

export const yamlData: Plugin;
export const yamlDataForTests: {
  name: string;
  transform(code: string, id: string): { code: string; map: null } | undefined;
};
