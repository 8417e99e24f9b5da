/** A process that lexes headers through the index and keeps it: FOLDER of the store, then the headers. */
import fs from 'node:fs';
import { Cache } from '../store/cache';
import { HeaderIndex } from '../store/header-index';

const [folder, ...headers] = process.argv.slice(2);
const index = new HeaderIndex(new Cache(folder));
for (const header of headers) index.lex(fs.readFileSync(header, 'latin1'), header);
index.keep();
