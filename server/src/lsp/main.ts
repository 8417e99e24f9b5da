/** The language server's entry: `server.js --stdio` for any editor, `--node-ipc` for VS Code. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { HeaderIndex, IDLE } from '../store/header-index';
import { RememberingLinter } from '../store/opened-results';
import { LifeCycle } from './life-cycle';
import { serve } from './server';
import { WholeMessages } from './whole-messages';

/** Editors that start a server without arguments mean its standard streams. */
if (!process.argv.slice(2).some((argument) => /^--(stdio|node-ipc|socket|pipe)/.test(argument)))
  process.argv.push('--stdio');

const lifeCycle = new LifeCycle();
const options = { messageStrategy: lifeCycle.messageStrategy };
const connection = process.argv.includes('--stdio')
  ? createConnection(ProposedFeatures.all, process.stdin.pipe(new WholeMessages()), process.stdout, options)
  : createConnection(ProposedFeatures.all, options);
// Standard output is the protocol's alone.
console.log = console.info = console.debug = console.error;
lifeCycle.answer(connection);
// Whatever goes wrong in one message, the next one is served.
process.on('uncaughtException', (error) => log(`Unexpected: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => log(`Unexpected: ${String(reason)}`));
const headers = new HeaderIndex(undefined, IDLE);
serve(connection, (project, options, tree) => new RememberingLinter(project, options, tree), headers.lex);

function log(text: string): void {
  try {
    connection.console.error(text);
  } catch {
    // Nobody listens any more: the editor closed its end, and there is nothing left to serve.
    process.exit(1);
  }
}
