/** Where the bundled parts of the product stand beside each other, and how one starts another. */
import fs from 'node:fs';
import path from 'node:path';
import { version } from '../../../package.json';
import { stampOf } from './disk';

/** The script of threads that check, or look for uses, beside the script that runs. */
export function workerScript(): string {
  return path.join(__dirname, 'worker.js');
}

/** The bundle with all of the command line; typed by its caller, as this room comes before it. */
export function loadCommandLine<T>(): T {
  return require(path.join(__dirname, 'command-line.js'));
}

/** Starts the language server's bundle in this process; it lives until its client ends it. */
export function startServer(): void {
  require(path.join(__dirname, 'server.js'));
}

/** The script of the threads that survey headers. */
export function surveyScript(): string {
  return path.join(__dirname, 'survey-worker.js');
}

/** The script of the threads that compare records with BTF. */
export function verifyScript(): string {
  return path.join(__dirname, 'verify-worker.js');
}

/** Where a rule's page stands, in the package as in the source folder; undefined where it was left out. */
export function rulePagePath(rule: string): string | undefined {
  const page = path.resolve(__dirname, '../docs/rules', `${rule}.md`);
  return fs.existsSync(page) ? page : undefined;
}

/**
 * Names this very build of the product: what it kept of earlier runs, another build does not take for its own. The
 * worker does all checking, so that command line and language server are of one build where theirs is the same.
 */
export function productStamp(): string {
  const worker = fs.statSync(workerScript(), { bigint: true, throwIfNoEntry: false });
  return `${version} ${stampOf(worker ?? fs.statSync(__filename, { bigint: true }))}`;
}
