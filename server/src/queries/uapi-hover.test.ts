/** What a hover adds in headers for programs. */
import { expect, it } from 'vitest';
import { describedAt, hoverAt } from '../testing/hover';

const RECORD = `struct tune_regs {
	unsigned index;
	unsigned char post;
	unsigned long long value;
	unsigned char last;
};
#define _IOC(dir, type, nr, size) (((dir) << 30) | ((type) << 8) | (nr) | ((size) << 16))
#define TUNE_GET _IOC(2U, 'T', 1, sizeof(struct tune_regs))
`;
const SHARED = '//- /include/uapi/linux/tune.h\n';
const HOLES = '**Bytes of no member**: 5..7 (behind post), 17..23 (tail). **Ioctl numbers** that hold it: `TUNE_GET`';

it('says on a record and on its members which bytes are no member’s, and which numbers hold it', () => {
  expect(hoverAt(SHARED + RECORD.replace('tune_regs {', 'tune_$regs {'))).toContain(HOLES);
  expect(hoverAt(SHARED + RECORD.replace('value;', 'val$ue;'))).toContain(HOLES);
});

it('says nothing of it elsewhere', () => {
  const own = `//- /include/linux/tune.h\n${RECORD}`;
  expect(hoverAt(own.replace('tune_regs {', 'tune_$regs {'))).not.toContain('Bytes of no member');
});

it('hatches holes and padding in the picture, with their bytes', () => {
  const drawn = describedAt(SHARED + RECORD.replace('value;', 'val$ue;'), 'dark')!.markdown;
  const svg = Buffer.from(/base64,([^)\s"]+)/.exec(drawn)![1], 'base64').toString();
  expect(svg).toContain('>hole 5..7</text>');
});
