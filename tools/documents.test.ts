/** The documents lead where they say, and name only scripts, commands and settings that there are. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'client/README.md', ...markdownIn('docs'), ...markdownIn('demo')];
const texts = new Map(DOCUMENTS.map((name) => [name, fs.readFileSync(path.join(root, name), 'utf8')]));

function markdownIn(folder: string): string[] {
  const names = fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

/** Targets of links and pictures, without what stands in code. */
function targetsIn(markdown: string): string[] {
  const prose = markdown.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(([^()\s]+)\)/g), ...prose.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)];
  return links.map((match) => match[1]);
}

describe.each([...texts])('%s', (name, text) => {
  it('links to files that are there', () => {
    const inside = targetsIn(text).filter((target) => !/^(https?:|mailto:|#)/.test(target));
    const lost = inside.filter(
      (target) => !fs.existsSync(path.join(root, path.dirname(name), target.replace(/#.*/, ''))),
    );
    expect(lost).toEqual([]);
  });

  it('names scripts that there are', () => {
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1]);
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  it('names commands and settings of the extension that there are', () => {
    const commands = manifest.contributes.commands.map(({ title }: { title: string }) => title);
    const named = [...text.matchAll(/Overlint: ([A-Z][\w ]*\w)/g)].map((match) => match[1]);
    expect(named.filter((title) => !commands.some((command: string) => title.startsWith(command)))).toEqual([]);
    const settings =
      manifest.contributes.configuration.flatMap?.((one: { properties: object }) => Object.keys(one.properties)) ??
      Object.keys(manifest.contributes.configuration.properties);
    const used = [...text.matchAll(/"(overlint\.[\w.]+)"\s*:/g)].map((match) => match[1]);
    expect(used.filter((setting) => !settings.includes(setting))).toEqual([]);
  });
});

it('docs/architecture.md leads to files that are there', () => {
  const named = [...texts.get('docs/architecture.md')!.matchAll(/`((?:[a-z]+\/)+[\w.-]*\.?\w*)`/g)].map(
    ([, file]) => file,
  );
  expect(named.length).toBeGreaterThan(40);
  // Names in capitals stand for any of their kind.
  const meant = named.filter((file) => !/[A-Z]/.test(file));
  const lost = meant.filter((file) => !['', 'server/src'].some((above) => fs.existsSync(path.join(root, above, file))));
  expect(lost).toEqual([]);
});

it('every picture is shown somewhere', () => {
  const shown = [...texts.values(), JSON.stringify(manifest)].join('\n');
  const pictures = fs.readdirSync(path.join(root, 'docs/pictures'));
  expect(pictures.filter((name) => !shown.includes(name) && name !== 'icon.svg')).toEqual([]);
});
