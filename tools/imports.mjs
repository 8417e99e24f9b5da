// What the product imports beside TypeScript and JSON, made ready when it is bundled: nobody waits for it at each start.
import fs from 'node:fs';
import wabt from 'wabt';
import { parse } from 'yaml';

/** By how a file's name ends: the value that its module exports. */
const VALUES = {
  // Packs are data.
  yaml: async (text) => parse(text),
  // WebAssembly, assembled, as base64.
  wat: async (text, file) => {
    const module = (await wabt()).parseWat(file, text, { simd: true });
    try {
      return Buffer.from(module.toBinary({}).buffer).toString('base64');
    } finally {
      module.destroy();
    }
  },
};

const endOf = (file) => file.slice(file.lastIndexOf('.') + 1);

/** For esbuild: such a file is a module with a default export. */
export const imports = {
  name: 'imports',
  setup(build) {
    build.onLoad({ filter: new RegExp(`\\.(${Object.keys(VALUES).join('|')})$`) }, async ({ path }) => ({
      contents: JSON.stringify(await VALUES[endOf(path)](fs.readFileSync(path, 'utf8'), path)),
      loader: 'json',
    }));
  },
};

/** The same for tests. */
export const importsForTests = {
  name: 'imports',
  async transform(code, id) {
    const value = VALUES[endOf(id)];
    return value && { code: `export default ${JSON.stringify(await value(code, id))};`, map: null };
  },
};
