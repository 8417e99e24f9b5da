/** Hovers in headers for programs, as a client meets them: holes and numbers at once, other targets as they are laid out. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle, SERVER, WORKER } from '../testing/bundle';
import { kernelOnDisk } from '../testing/disk-tree';
import { LanguageClient } from '../testing/language-client';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...SERVER, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

const ARCHITECTURES = ['x86', 'arm64', 'arm', 'riscv', 's390', 'm68k'];
const NAME = 'include/uapi/linux/ring.h';
const HEADER = `#define _IOC(dir, type, nr, size) (((dir) << 30) | ((type) << 8) | (nr) | ((size) << 16))
struct ring_setup { unsigned flags; unsigned long long base; unsigned len; };
#define RING_SETUP _IOC(1U, 'R', 1, sizeof(struct ring_setup))
`;

it('says which bytes are no member’s, which numbers hold the record, and where it lies otherwise', async () => {
  const arches = ARCHITECTURES.map((arch) => [`arch/${arch}/Kconfig`, ''] as const);
  const folder = kernelOnDisk({ ...Object.fromEntries(arches), [NAME]: HEADER });
  const client = await LanguageClient.spawned([process.execPath, path.join(bundles, 'server.js'), '--stdio'], {
    folder,
  });
  const uri = client.open(path.join(folder, NAME), HEADER);
  const hover = async (): Promise<string> => {
    const answer = await client.hover(uri, { line: 1, character: 10 });
    return (answer!.contents as { value: string }).value;
  };
  expect(await hover()).toContain(
    '**Bytes of no member**: 4..7 (behind flags), 20..23 (tail). **Ioctl numbers** that hold it: `RING_SETUP` (0x40185201).',
  );
  const whole = async (): Promise<string> => {
    const text = await hover();
    if (!text.includes('being laid out')) return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return whole();
  };
  const differs = 'It differs on i386, m68k: size 16, base at 4, len at 12.';
  expect((await whole()).split('\n').find((line) => line.includes('differs on'))).toBe(differs);
  // What is typed counts.
  client.change(uri, HEADER.replace('unsigned flags;', 'unsigned flags, pad;').replace('unsigned len;', ''));
  expect(await whole()).not.toContain('differs on');
  await client.stop();
}, 60_000);
