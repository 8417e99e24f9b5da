/** What a screen reader says of cells and claims, and how amounts and places read. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { layoutModels } from '../../server/src/testing/layout-model';
import { type Model, modelShape, type Picture } from '../src/layout/answers';
import { movesBetween } from './moves';
import { type ByteRow, rowsOf } from './rows';
import { linesOf, placeOf } from './steps';
import { amount, cellLabel, claimsOn, markLabel, moveText, offsetText, placeText, sharers } from './words';

const C = `
struct page {
	unsigned long flags;	/* what it is */
	union {
		unsigned long compound_head;	/* Bit zero is set */
		struct { int order; char kind; };
	};
	unsigned low:3, high:5;
};
`;

async function modelOf(c: string, record: string): Promise<Model> {
  return v.parse(modelShape, (await layoutModels(c, record))[0]);
}

const itemsOf = (model: Model) => linesOf(rowsOf(model, 16)).flatMap(({ items }) => items);

it('says all of a cell when it is reached', async () => {
  const page = await modelOf(C, 'struct page');
  expect(itemsOf(page).flatMap(({ piece }) => (piece ? [cellLabel(page, piece)] : []))).toEqual([
    'unsigned long flags; 8 bytes at byte 0; what it is',
    'unsigned long compound_head; 8 bytes at byte 8; shares bytes with order, kind; Bit zero is set',
    'int order; 4 bytes at byte 8; shares bytes with compound_head',
    'char kind; 1 byte at byte 12; shares bytes with compound_head',
    'padding; 3 bytes at byte 13; shares bytes with compound_head',
    'padding; 7 bytes at byte 17',
    'unsigned int low:3; 3 bits at byte 16',
    'unsigned int high:5; 5 bits at byte 16 bit 3',
  ]);
});

it('says who claims a bit, and leads to where', async () => {
  const page = await modelOf(C, 'struct page');
  const mark = itemsOf(page).find((item) => item.mark)!;
  expect(markLabel(mark.word!, mark.mark!)).toMatch(
    /^bit 0 of the word at byte 8; compound_head sets it: .*Bit zero is set/,
  );
  expect(placeText(placeOf(mark)!)).toBe('records.h:5');
  const [word] = (rowsOf(page, 16)[0] as ByteRow).words;
  const clash = { ...word.bits[0], clashes: true };
  expect(markLabel(8, clash)).toMatch(/^bit 0 of the word at byte 8; claims clash; /);
});

it('finds the claims on the words that a cell touches', async () => {
  const { picture } = await modelOf(C, 'struct page');
  const on = (name: string) => claimsOn(picture, picture.cells.find((cell) => cell.name === name)!).length;
  expect([on('flags'), on('compound_head'), on('kind'), on('low')]).toEqual([0, 1, 1, 0]);
});

it('counts as sharers only members that have bytes in common', async () => {
  const { picture } = await modelOf(
    'struct both { union { char c[4]; struct { short a; short b; }; }; int d; };',
    'struct both',
  );
  const named = (name: string) => picture.cells.find((cell) => cell.name === name)!;
  expect(sharers(picture, named('c')).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(sharers(picture, named('a')).map(({ name }) => name)).toEqual(['c']);
  expect(sharers(picture, named('d'))).toEqual([]);
});

it('says what became of a member', async () => {
  const picture = async (c: string): Promise<Picture> => (await modelOf(c, 'struct it')).picture;
  const before = await picture('struct it { int same; int moved; long wide; char gone; };');
  const after = await picture('struct it { int same; char new; int moved; int wide; };');
  const { moves, same } = movesBetween(before, after);
  expect(same).toBe(1);
  const said = moves.map((move) => `${move.name}: ${moveText(move)}`);
  expect(said).toEqual(['new: new', 'moved: was at 4', 'wide: was at 8, 8 bytes', 'gone: gone']);
});

it.each([
  [0, '0 bytes', '0'],
  [8, '1 byte', '1'],
  [1, '1 bit', '0:1'],
  [24, '3 bytes', '3'],
  [10, '1 byte 2 bits', '1:2'],
])('%i bits read as %s', (bits, size, offset) => {
  expect([amount(bits), offsetText(bits)]).toEqual([size, offset]);
});

it('shows a place by the file’s own name, whatever signs it has', () => {
  const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 1 } };
  expect(placeText({ uri: 'file:///a%20b/mm%20types%C3%A9.h', range })).toBe('mm typesé.h:5');
});
