/** A worker thread's entry like the product's, with the linter of words. */
import { servePool } from '../workers/serve';
import { createWordLinter } from './word-linter';

servePool(createWordLinter);
