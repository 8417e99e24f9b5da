/** A thread that serves hovers, each with the text of its document; a text can make it busy for ever, greedy or slow; it says when it is to follow. */
import { createConnection, PortMessageReader, PortMessageWriter, ProposedFeatures } from 'vscode-languageserver/node';
import { OpenDocuments } from '../lsp/documents';
import { fromByteString } from '../text/text';
import { insideThread } from '../workers/message-thread';

const inside = insideThread();
const connection = createConnection(
  ProposedFeatures.all,
  new PortMessageReader(inside.port),
  new PortMessageWriter(inside.port),
);
const documents = new OpenDocuments();
connection.onInitialize(() => ({ capabilities: {} }));
connection.onInitialized(() => void connection.client.register('workspace/didChangeWatchedFiles' as never));
connection.onDidOpenTextDocument(({ textDocument }) => void documents.open(textDocument));
connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
  documents.change(uri, version, contentChanges);
});
connection.onDidCloseTextDocument(({ textDocument }) => void documents.close(textDocument.uri));
connection.onHover(({ textDocument: { uri } }) => {
  inside.subject(uri);
  const text = fromByteString(documents.get(uri)?.text ?? 'unknown');
  const end = performance.now() + Number(/slow (\d+)/.exec(text)?.[1] ?? 0);
  while (text.startsWith('stuck') || performance.now() < end);
  if (text.startsWith('greedy')) for (const all: object[] = []; ; ) all.push(new Array(1000).fill({}));
  return { contents: text };
});
connection.onRequest('overlint/checkWorkspace', () => ({}));
connection.onNotification('overlint/followWorkspace', (params) =>
  connection.console.info(`follows ${JSON.stringify(params)}`),
);
connection.listen();
