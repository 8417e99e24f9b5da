/** docs/packs-reference.md names every key of a pack; it is made from the schema. */
import path from 'node:path';
import { expect, it } from 'vitest';
import schema from './pack.schema.json';

interface Property {
  readonly description?: string;
  readonly type?: string;
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly items?: Property;
}

interface Definition {
  readonly description: string;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
  readonly anyOf?: readonly { readonly required: readonly string[] }[];
}

const definitions = schema.$defs as unknown as Readonly<Record<string, Definition>>;

function kindOf({ type, $ref, enum: values, items }: Property): string {
  if ($ref) return `[${$ref.split('/').at(-1)}](#${$ref.split('/').at(-1)!.toLowerCase()})`;
  if (values) return `one of ${values.map((value) => `\`${value}\``).join(', ')}`;
  if (items) return `list: ${kindOf(items)}`;
  return { string: 'text', integer: 'whole number', object: 'map' }[type ?? ''] ?? type ?? '';
}

function sectionOf(name: string, { description, required, properties, oneOf, anyOf }: Definition): string {
  const rows = Object.entries(properties).map(([key, property]) => {
    const said = property.description ?? definitions[property.$ref!.split('/').at(-1)!].description;
    return `| \`${key}\` | ${required.includes(key) ? 'yes' : ''} | ${kindOf(property)} | ${said.replaceAll('|', '\\|')} |`;
  });
  const choices = (oneOf ?? anyOf)?.map((choice) => choice.required.map((key) => `\`${key}\``).join(' with '));
  const choice = choices ? `\n${oneOf ? 'Exactly' : 'At least'} one of: ${choices.join('; ')}.\n` : '';
  return `## ${name}\n\n${description}\n${choice}\n| key | needed | kind | meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

// Made anew by: npx vitest run server/src/packs/reference.test.ts -u
it('docs/packs-reference.md is what the schema makes it', async () => {
  const opening =
    '# Every key of a pack\n\nMade from server/src/packs/pack.schema.json. [packs.md](packs.md) shows how to write one.\n';
  const text = [opening, ...Object.entries(definitions).map(([name, one]) => sectionOf(name, one))].join('\n');
  await expect(text, 'run: npx vitest run server/src/packs/reference.test.ts -u').toMatchFileSnapshot(
    path.resolve(import.meta.dirname, '../../../docs/packs-reference.md'),
  );
});
