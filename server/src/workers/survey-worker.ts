/** The survey's worker thread: dist/survey-worker.js. It does the share that it was started with, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type SurveyTask, surveyPart } from './survey-part';

parentPort?.postMessage(surveyPart(workerData as SurveyTask));
