/** The thread that serves: `dist/server-thread.js`, started by the supervisor. */
import { createConnection, PortMessageReader, PortMessageWriter, ProposedFeatures } from 'vscode-languageserver/node';
import { workerScript } from '../files/entry-points';
import { HeaderIndex, IDLE } from '../store/header-index';
import { RememberingLinter } from '../store/opened-results';
import { insideThread } from '../workers/message-thread';
import { serve } from './server';

const inside = insideThread();
const connection = createConnection(
  ProposedFeatures.all,
  new PortMessageReader(inside.port),
  new PortMessageWriter(inside.port),
);
// Standard output is the protocol's alone.
console.log = console.info = console.debug = console.error;
// Whatever goes wrong in one message, the next one is served.
process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${String(reason)}`));
const headers = new HeaderIndex(undefined, IDLE);
serve(connection, (project, options, tree) => new RememberingLinter(project, options, tree), {
  headerLexer: headers.lex,
  threads: { script: workerScript(), jobs: 1 },
  working: (uri) => inside.subject(uri),
});
