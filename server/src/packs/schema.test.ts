/** The published schema and the types that the code goes by say the same; and the shipped packs keep to it. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index';
import schema from './pack.schema.json';
import { readPack } from './read-pack';

const folder = import.meta.dirname;

const RULES = rules.map(({ id }) => id);

interface Definition {
  readonly required?: readonly string[];
  readonly properties?: Readonly<
    Record<string, { readonly type?: string; readonly $ref?: string; readonly items?: object }>
  >;
}

const definitions = schema.$defs as unknown as Readonly<Record<string, Definition>>;

/** The members of every interface in this room's files: `name?: shape`, where the shape is what JSON can tell. */
function interfacesOfTypes(): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const name of fs.readdirSync(folder).filter((file) => /(?<!\.test)\.ts$/.test(file))) {
    const source = ts.createSourceFile(name, fs.readFileSync(path.join(folder, name), 'utf8'), ts.ScriptTarget.Latest);
    source.forEachChild((node) => {
      if (!ts.isInterfaceDeclaration(node)) return;
      const members = node.members.filter(ts.isPropertySignature).map((member) => {
        const type = member.type!.getText(source).replace(/^readonly /, '');
        const shape = /\]$/.test(type) ? 'array' : /^Readonly<Record/.test(type) ? 'object' : type;
        return `${member.name.getText(source)}${member.questionToken ? '?' : ''}: ${shape.startsWith("'") ? 'enum' : shape}`;
      });
      found.set(node.name.text, members.sort());
    });
  }
  return found;
}

function membersOf({ required = [], properties = {} }: Definition): string[] {
  return Object.entries(properties)
    .map(([name, { type, $ref }]) => {
      const shape = $ref ? $ref.replace('#/$defs/', '') : type === 'integer' ? 'number' : (type ?? 'enum');
      return `${name}${required.includes(name) ? '' : '?'}: ${shape}`;
    })
    .sort();
}

describe('pack.schema.json', () => {
  const interfaces = interfacesOfTypes();

  it.each(Object.keys(definitions))('says of %s what its interface says', (name) => {
    expect(membersOf(definitions[name])).toEqual(interfaces.get(name));
  });

  it('describes every key, and lets no other in', () => {
    for (const [name, definition] of Object.entries(definitions)) {
      expect(definition, name).toMatchObject({ additionalProperties: false });
      for (const [key, property] of Object.entries(definition.properties ?? {}))
        if (!property.$ref) expect(property, `${name}.${key}`).toHaveProperty('description');
    }
  });

  it.each(fs.readdirSync(folder).filter((name) => name.endsWith('.yaml')))('holds for %s', (name) => {
    expect(readPack(fs.readFileSync(path.join(folder, name), 'latin1'), RULES).problems).toEqual([]);
  });
});
