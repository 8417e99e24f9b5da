/**
 * Features that answer a request about one document: each a file with its capability and its handler, and a line here.
 * See CONTRIBUTING.md, "Add an editor feature".
 */
import type { DocumentFeature } from './document-feature';
import { hover } from './hover';
import { symbols } from './symbols';

export const FEATURES: readonly DocumentFeature[] = [hover, symbols];
