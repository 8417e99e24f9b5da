/** The language server's entry: `server.js --stdio` for any editor, `--node-ipc` for VS Code. */
import {
  createServerPipeTransport,
  createServerSocketTransport,
  IPCMessageReader,
  IPCMessageWriter,
  type Message,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serverThreadScript } from '../files/entry-points';
import { startMessageThread } from '../workers/message-thread';
import { Supervisor } from './supervisor';
import { WholeMessages } from './whole-messages';

/** The heap of one thread that serves, in megabytes. */
const HEAP = 1024;

const supervisor = new Supervisor((events) => startMessageThread(serverThreadScript(), HEAP, events), write, {
  now: () => performance.now(),
  processorTime: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  memory: () => process.memoryUsage.rss(),
  exit: (code) => process.exit(code),
});
const [reader, writer] = transport();
reader.listen((message) => supervisor.take(message));
reader.onClose(() => supervisor.closed());
// The editor closed its end: there is nothing left to serve.
writer.onError(() => process.exit(1));
writer.onClose(() => process.exit(1));

function write(message: Message): void {
  writer.write(message).catch(() => process.exit(1));
}

/** Editors that start a server without arguments mean its standard streams. */
function transport(): [MessageReader, MessageWriter] {
  const words = process.argv.slice(2);
  const given = (flag: string): string | undefined => {
    const at = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
    return at < 0 ? undefined : words[at].length > flag.length ? words[at].slice(flag.length + 1) : words[at + 1];
  };
  if (words.includes('--node-ipc')) {
    process.once('disconnect', () => process.exit(1));
    return [new IPCMessageReader(process), new IPCMessageWriter(process)];
  }
  const socket = given('--socket');
  if (socket !== undefined) return createServerSocketTransport(Number(socket));
  const pipe = given('--pipe');
  if (pipe !== undefined) return createServerPipeTransport(pipe);
  return [new StreamMessageReader(process.stdin.pipe(new WholeMessages())), new StreamMessageWriter(process.stdout)];
}
