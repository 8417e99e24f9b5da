// The licences of the packages whose code is in the bundles or ships beside them: MIT, ISC and BSD ask that they go along.
import fs from 'node:fs';
import path from 'node:path';

const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * @param inputs Paths of the files that went into bundles, from this folder.
 * @param beside Names of packages that ship as they are.
 * @returns One text, in the order of the packages' names. Throws where a package has no licence to show.
 */
export function noticesOf(inputs, beside) {
  const folders = new Set(beside.map((name) => path.join('node_modules', name)));
  for (const input of inputs) {
    const at = input.lastIndexOf('node_modules/');
    if (at < 0) continue;
    const [scopeOrName, name] = input.slice(at + 'node_modules/'.length).split('/');
    folders.add(path.join(input.slice(0, at), 'node_modules', scopeOrName, scopeOrName.startsWith('@') ? name : ''));
  }
  const notices = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const files = fs.readdirSync(folder).filter((file) => LICENCE.test(file));
    if (files.length === 0) throw new Error(`${name} ${version} has no file with its licence (${license})`);
    const texts = files.sort().map((file) => fs.readFileSync(path.join(folder, file), 'utf8').trim());
    notices.set(`${name} ${version}`, `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`);
  }
  const all = [...notices].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  const line = `\n${'-'.repeat(80)}\n\n`;
  return `Overlint is built from the packages below, whose licences are these.\n${line}${all.join(line)}`;
}
