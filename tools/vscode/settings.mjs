// Writes VS Code's settings page (package.json) and the table in docs/editors.md from the one schema of the settings.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

const SCHEMA = new URL('../../server/src/project/settings.schema.json', import.meta.url);
const MANIFEST = new URL('../../package.json', import.meta.url);
const PAGE = new URL('../../docs/editors.md', import.meta.url);

/** What the server never sees: the client's own setting, by the name that the protocol's client looks for. */
const TRACE = {
  type: 'string',
  enum: ['off', 'messages', 'verbose'],
  default: 'off',
  scope: 'window',
  markdownDescription: 'Write the messages between VS Code and the language server to the output channel.',
};

/** The `contributes.configuration` that the schema asks for. */
export function configuration(schema) {
  const properties = Object.entries(schema.properties).map(([name, property], index) => [
    `overlint.${name}`,
    { ...property, scope: 'resource', order: index },
  ]);
  return { title: 'Overlint', properties: { ...Object.fromEntries(properties), 'overlint.trace.server': TRACE } };
}

/** The page with its table of settings as the schema has them. */
export function withTable(page, schema) {
  const rows = Object.entries(schema.properties).map(([name, property]) => {
    const values = property.enum?.filter((value) => value !== '').map((value) => `\`${value}\``);
    const type =
      values?.join(', ') ??
      (property.type === 'array' ? `list of ${property.items.type === 'string' ? 'names' : 'objects'}` : property.type);
    return `| \`${name}\` | ${type} | \`${JSON.stringify(property.default)}\` | ${property.markdownDescription} |`;
  });
  const table = ['| setting | type | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return page.replace(
    /(<!-- settings: .* -->\n)[\s\S]*(<!-- \/settings -->)/,
    (_, open, close) => `${open}${table}\n${close}`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const schema = JSON.parse(fs.readFileSync(SCHEMA, 'utf8'));
  fs.writeFileSync(PAGE, withTable(fs.readFileSync(PAGE, 'utf8'), schema));
  const manifest = JSON.parse(fs.readFileSync(MANIFEST, 'utf8'));
  manifest.contributes.configuration = configuration(schema);
  fs.writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
}
