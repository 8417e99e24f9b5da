// Packs are written in YAML, and bundled as the data that they are: nobody waits for a parser at each start.
import fs from 'node:fs';
import { parse } from 'yaml';

/** For esbuild: a YAML file is a module whose default export is its data. */
export const yamlData = {
  name: 'yaml-data',
  setup(build) {
    build.onLoad({ filter: /\.yaml$/ }, ({ path }) => ({
      contents: JSON.stringify(parse(fs.readFileSync(path, 'utf8'))),
      loader: 'json',
    }));
  },
};

/** The same for tests. */
export const yamlDataForTests = {
  name: 'yaml-data',
  transform(code, id) {
    return id.endsWith('.yaml') ? { code: `export default ${JSON.stringify(parse(code))};`, map: null } : undefined;
  },
};
