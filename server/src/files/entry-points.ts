/** Where the bundled parts of the product stand beside each other, and how one starts another. */
import fs from 'node:fs';
import path from 'node:path';
import { version } from '../../../package.json';
import { requireBundle } from './bytecode';
import { stampOf } from './disk';

/** The script of all worker threads, beside the script that runs. */
export function workerScript(): string {
  return path.join(__dirname, 'worker.js');
}

/** The script of the threads that serve an editor. */
export function serverThreadScript(): string {
  return path.join(__dirname, 'server-thread.js');
}

/** The bundle with all of the command line; typed by its caller, as this room comes before it. */
export function loadCommandLine<T>(): T {
  return requireBundle(path.join(__dirname, 'command-line.js'));
}

/** Loads what worker threads do into this one. */
export function loadWorkerJobs(): void {
  requireBundle(workerJobsScript());
}

function workerJobsScript(): string {
  return path.join(__dirname, 'worker-jobs.js');
}

/** Starts the language server's bundle in this process; it lives until its client ends it. */
export function startServer(): void {
  require(path.join(__dirname, 'server.js'));
}

/** Where a rule's page stands, in the package as in the source folder; undefined where it was left out. */
export function rulePagePath(rule: string): string | undefined {
  const page = path.resolve(__dirname, '../docs/rules', `${rule}.md`);
  return fs.existsSync(page) ? page : undefined;
}

/**
 * Names this very build of the product: what it kept of earlier runs, another build does not take for its own. Workers
 * do all checking, so that command line and language server are of one build where what their workers do is the same.
 */
export function buildId(): string {
  const jobs = fs.statSync(workerJobsScript(), { bigint: true, throwIfNoEntry: false });
  return `${version} ${stampOf(jobs ?? fs.statSync(__filename, { bigint: true }))}`;
}
