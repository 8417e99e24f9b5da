/** A worker thread that is in native code nearly all the time and keeps more and more, until it is ended or has no room left. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadGrammar } from '../parser/grammar';
import { setGate } from '../parser/native-gate';
import { shapeOf } from '../parser/shape';

setGate(workerData);
void loadGrammar().then(() => {
  parentPort?.postMessage('parsing');
  const body = 'a = b + 3 ; '.repeat(20);
  const kept: string[][] = [];
  for (let number = 0; ; number++) {
    const text = `int f${number} ( int a ) { ${body}} `;
    shapeOf(text, 7 + 20 * 6);
    for (let copy = 0; copy < 20; copy++) kept.push(text.split(' '));
  }
});
