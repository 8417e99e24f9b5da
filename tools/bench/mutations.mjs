// Changes one statement at a time in correct users of owner_ops, and asks whether lru-while-owned notices.
// usage: npm run bench:mutations
import path from 'node:path';
import { bundled } from '../bundled.mjs';

const here = import.meta.dirname;
const { runMutations } = await bundled(path.join(here, 'mutations/run.ts'), {
  // The fixtures' headers are read from the checkout, wherever the bundle stands.
  define: { 'import.meta.dirname': JSON.stringify(path.join(here, '../../server/src/testing')) },
});
const corpora = ['corpus', 'kernel-style'].map((name) => path.join(here, 'mutations', name));
if (!runMutations(corpora, console.log)) process.exitCode = 1;
