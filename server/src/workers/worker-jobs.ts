/** What all worker threads do, dist/worker-jobs.js. */
import { loadGrammar } from '../parser/grammar';
import { JOBS } from './jobs';
import { serve } from './serve';

serve(JOBS, loadGrammar);
