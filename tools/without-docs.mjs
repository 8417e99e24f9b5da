// Leaves what only people read out of a bundle that shows none of it: worker threads apply the rules, and hold packs to their schema.
import { readFile } from 'node:fs/promises';

/** The page of a rule: a property on a line of its own, a template without another one in it. */
const PAGE = /^ +doc: `(?:[^`\\]|\\[\s\S])*`,$/m;

/** Of a schema, the texts that editors show. */
const undescribed = (key, value) => (key === 'description' && typeof value === 'string' ? undefined : value);

export const withoutDocs = {
  name: 'without-docs',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]server[\\/]src[\\/]rules[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(PAGE, "  doc: '',"),
      loader: 'ts',
    }));
    onLoad({ filter: /\.schema\.json$/ }, async ({ path }) => ({
      contents: JSON.stringify(JSON.parse(await readFile(path, 'utf8')), undescribed),
      loader: 'json',
    }));
  },
};
