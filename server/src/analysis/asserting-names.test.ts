/** Which macros of headers assert: those that do nothing else, wherever they are called, and others at file scope. */
import { expect, it } from 'vitest';
import { assertingNames } from './asserting-names';

const header = (path: string, text: string) => ({ path: `/include/linux/${path}`, text });

const FITS = header(
  'fits.h',
  `#define FITS(type, room) _Static_assert(sizeof(type) <= (room), "room")
#define FITS_BOTH(a, b, room) do { FITS(a, room); FITS(b, room); } while (0)
#define HALF(n) ((n) / 2 + STOP_ZERO((n) % 2))
#define FITS_NOT sizeof(int)
`,
);

it('follows macros from header to header', () => {
  const other = header(
    'other.h',
    `#define STRUCT(name, body) struct name body; FITS(struct name, 64)
#define WIRE(name, body) STRUCT(name, body)
#define FAR(name, body) WIRE(name, body)
#define ROOM_FOR(type) FITS(type, 8)
#define LESS(a, b) ((a) < (b))
`,
  );
  expect(assertingNames([other, FITS], ['STOP', 'STOP_ZERO'])).toEqual({
    anywhere: ['FITS', 'FITS_BOTH', 'ROOM_FOR'],
    atFileScope: ['HALF', 'STRUCT', 'WIRE'],
  });
});

it('finds none where nothing asserts', () => {
  expect(assertingNames([header('less.h', '#define LESS(a, b) ((a) < (b))\n')], [])).toEqual({
    anywhere: [],
    atFileScope: [],
  });
});
