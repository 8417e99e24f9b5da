/** The language server's entry: `server.js --stdio` for any editor, `--node-ipc` for VS Code. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { Linter } from '../linter';
import { serve } from './server';

/** Editors that start a server without arguments mean its standard streams. */
if (!process.argv.slice(2).some((argument) => /^--(stdio|node-ipc|socket|pipe)/.test(argument)))
  process.argv.push('--stdio');

const connection = createConnection(ProposedFeatures.all);
// Whatever goes wrong in one message, the next one is served.
process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${String(reason)}`));
serve(connection, (project, options) => new Linter(project, options));
