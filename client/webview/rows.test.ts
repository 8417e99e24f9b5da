/** How a record and its family are cut into rows, drawn as text: one line a lane, `|` where a box begins. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { layoutModels } from '../../server/src/testing/layout-model';
import { type Model, modelShape } from '../src/layout/answers';
import { bytesPerRow, rowsOf } from './rows';

async function modelOf(c: string, record: string): Promise<Model> {
  return v.parse(modelShape, (await layoutModels(c, record))[0]);
}

/** Each byte is two characters wide; bit-fields stand in angle brackets, as they are not drawn in place. */
function draw(model: Model, width: number, hidden?: ReadonlySet<string>): string[] {
  return rowsOf(model, width, hidden).flatMap((row) => {
    if (row.kind === 'elision') return [`${row.start}..${row.end} ${row.name}`];
    const lanes = row.bands.flatMap(({ record, lanes }) =>
      lanes.map(({ boxes, view }) => {
        const text = boxes.map(({ start, end, isBits, pieces }) => {
          const names = pieces.map(({ cell, continues }) => `${continues ? '…' : ''}${cell.name ?? cell.kind}`);
          return isBits ? `${start}-${end}<${names.join(' ')}>` : `${start}-${end} ${names.join(' ')}`;
        });
        return `  ${record}: ${text.join(' | ')}${view ? ` (${view})` : ''}`;
      }),
    );
    const marks = row.words.map(
      ({ start, end, bits }) => `  bits ${start}-${end}: ${bits.map(({ bit }) => bit).join(' ')}`,
    );
    return [`${row.start}..${row.end}`, ...lanes, ...marks];
  });
}

const PAGE = `
struct list_head { struct list_head *next, *prev; };
struct page {
	unsigned long flags;
	union {
		struct list_head lru;
		unsigned long compound_head;	/* Bit zero is set */
		/* Small ones */
		struct { int a; char b; };
	};
	int refcount;
};
`;

it('puts the views of a word one below the other, with the claims on its bits', async () => {
  const page = await modelOf(PAGE, 'struct page');
  expect(draw(page, 16)).toEqual([
    '0..16',
    '  0: 0-8 flags | 8-16 lru',
    '  0: 8-16 compound_head',
    '  0: 8-12 a | 12-13 b | 13-16 padding (Small ones)',
    '  bits 8-16: 0',
    '16..32',
    '  0: 16-24 …lru | 24-28 refcount | 28-32 padding',
  ]);
});

it('names a cell’s second part otherwise, so that the keyboard tells them apart', async () => {
  const rows = rowsOf(await modelOf(PAGE, 'struct page'), 16);
  const ids = rows.flatMap((row) =>
    row.kind === 'row'
      ? row.bands.flatMap(({ lanes }) =>
          lanes.flatMap(({ boxes }) => boxes.flatMap(({ pieces }) => pieces.map(({ id }) => id))),
        )
      : [],
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id.includes('@'))).toEqual([expect.stringMatching(/^c0\.\d+@16$/)]);
});

it('keeps bit-fields that share bytes in one box, and cuts a bit hole from the whole bytes after it', async () => {
  const flags = await modelOf('struct flags { unsigned a:1, b:3; unsigned long word; };', 'struct flags');
  expect(draw(flags, 16)).toEqual(['0..16', '  0: 0-1<a b hole> | 1-8 hole | 8-16 word']);
});

const FAMILY = `
struct page { unsigned long flags; unsigned long private; };
struct folio { unsigned long flags; unsigned long order; };
struct slab { unsigned long __page_flags; unsigned long __page_rest; };
#define FOLIO_MATCH(pg, fl) _Static_assert(__builtin_offsetof(struct page, pg) == __builtin_offsetof(struct folio, fl), "")
FOLIO_MATCH(flags, flags);
#define SLAB_MATCH(pg, sl) _Static_assert(__builtin_offsetof(struct page, pg) == __builtin_offsetof(struct slab, sl), "")
SLAB_MATCH(flags, __page_flags);
`;

it('stands the family in the same rows, less what is hidden', async () => {
  const page = await modelOf(FAMILY, 'struct page');
  expect(draw(page, 16)).toEqual([
    '0..16',
    '  0: 0-8 flags | 8-16 private',
    '  1: 0-8 flags | 8-16 order',
    '  2: 0-8 __page_flags | 8-16 __page_rest',
  ]);
  expect(draw(page, 16, new Set(['struct folio']))).toEqual([
    '0..16',
    '  0: 0-8 flags | 8-16 private',
    '  2: 0-8 __page_flags | 8-16 __page_rest',
  ]);
});

it('leaves out rows that one member fills, where there are two or more', async () => {
  const long = await modelOf('struct buffer { int head; char data[60]; int tail; };', 'struct buffer');
  expect(draw(long, 16)).toEqual(['0..16', '  0: 0-4 head | 4-16 data', '16..64 data', '64..80', '  0: 64-68 tail']);
  const short = await modelOf('struct buffer { int head; char data[28]; int tail; };', 'struct buffer');
  expect(draw(short, 16)).toEqual([
    '0..16',
    '  0: 0-4 head | 4-16 data',
    '16..32',
    '  0: 16-32 …data',
    '32..48',
    '  0: 32-36 tail',
  ]);
});

it('takes whole cachelines where there is room, and no wider rows than the record asks for', async () => {
  const large = (await modelOf('struct large { char bytes[200]; };', 'struct large')).picture;
  expect([2000, 1024, 1023, 300, 200, 0].map((pixels) => bytesPerRow(pixels, large))).toEqual([64, 64, 32, 16, 8, 8]);
  const small = (await modelOf('struct small { char bytes[9]; };', 'struct small')).picture;
  expect(bytesPerRow(2000, small)).toBe(16);
  const tiny = (await modelOf('struct tiny { char byte; };', 'struct tiny')).picture;
  expect(bytesPerRow(2000, tiny)).toBe(8);
});

it('draws nothing of an empty record', async () => {
  expect(draw(await modelOf('struct none { };', 'struct none'), 16)).toEqual([]);
});
