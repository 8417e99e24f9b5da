/** The survey's worker thread: dist/survey-worker.js. It does the share that it was started with, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadGrammar } from '../parser/grammar';
import { type SurveyTask, surveyPart } from './survey-part';

loadGrammar().then(() => parentPort?.postMessage(surveyPart(workerData as SurveyTask)));
