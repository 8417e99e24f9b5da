/** What stays of texts that are not read any more, as they come with each keystroke. */
import v8 from 'node:v8';
import vm from 'node:vm';
import { expect, it } from 'vitest';
import { unitOf } from '../testing/unit';

it('is little, though what they ask for is noted', () => {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  const megabytes = (): number => {
    collect();
    return process.memoryUsage().heapUsed / (1 << 20);
  };
  const { tree } = unitOf({ '/main.c': '' });
  const read = (version: number): void => {
    const half = `/* ${`${version} `.repeat(100_000)} */\n`;
    tree.unit('/main.c', `${half}#include "a_header_that_is_not_there_${version}.h"\nint v${version};\n${half}`);
  };
  read(10_000);
  const before = megabytes();
  for (let version = 10_001; version <= 10_050; version++) read(version);
  // Each text has more than a megabyte.
  expect(megabytes() - before).toBeLessThan(15);
});
