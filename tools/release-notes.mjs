// Prints what the changelog says of a release; fails where the tag is not that of the version in package.json.
//
// usage: node tools/release-notes.mjs vX.Y.Z
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const tag = process.argv[2] ?? '';
if (tag !== `v${version}`)
  fail(`The tag is ${tag || 'missing'}, but package.json says version ${version}: tag it v${version}.`);

const changelog = fs.readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
const sections = changelog.split(/^## /m).slice(1);
const section = sections.find((text) => text.split('\n', 1)[0].trim() === version);
const notes = section?.slice(section.indexOf('\n')).trim();
if (!notes) fail(`CHANGELOG.md says nothing of ${version}: write a section "## ${version}".`);
console.log(notes);

function fail(message) {
  console.error(message);
  process.exit(1);
}
