// Types of imports.mjs, for the tests and configurations that share it.
import type { Plugin } from 'esbuild';

export const imports: Plugin;
export const importsForTests: {
  name: string;
  transform(code: string, id: string): Promise<{ code: string; map: null } | undefined>;
};
