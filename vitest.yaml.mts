/** Lets tests import packs as the bundler does: a YAML file is its text. */
export const yamlText = {
  name: 'yaml-text',
  transform(code: string, id: string) {
    return id.endsWith('.yaml') ? { code: `export default ${JSON.stringify(code)};`, map: null } : undefined;
  },
};
