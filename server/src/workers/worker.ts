/** The entry of all worker threads, dist/worker.js. */
import { loadGrammar } from '../parser/grammar';
import { JOBS } from './jobs';
import { serve } from './serve';

serve(JOBS, loadGrammar);
