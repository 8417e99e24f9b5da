/** A worker thread that is in native code nearly all the time, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadGrammar } from '../parser/grammar';
import { setGate } from '../parser/native-gate';
import { shapeOf } from '../parser/shape';

setGate(workerData.gate);
void loadGrammar().then(() => {
  parentPort?.postMessage('parsing');
  const body = 'a = b + 3 ; '.repeat(20);
  for (let number = 0; ; number++) shapeOf(`int f${number} ( int a ) { ${body}} `, 7 + 20 * 6);
});
