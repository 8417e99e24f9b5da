import { describe, expect, it } from 'vitest';
import { layoutRecord } from '../layout/record';
import { target } from '../layout/target';
import { anonymous, arrayOf, bits, member, PAGE, POINTER, recordType, struct, union } from '../testing/make-records';
import { RandomNumbers } from '../testing/random-numbers';
import { RandomRecords } from '../testing/random-records';
import { pointerTo, type RecordDeclaration, unknownType, VOID } from '../types/model';
import { declare, typeName } from '../types/typename';
import { drawBlock } from './block';
import { layoutJson } from './json';
import { drawText, printRecord } from './pahole';
import { drawSvg } from './svg';

const x86 = target('x86_64');

/** The lines of a template, without the indent and the first and last line break. */
function text(template: TemplateStringsArray): string {
  return template[0].replace(/^\n|\n *$/g, '').replace(/^ {6}/gm, '');
}

const CLAIMS = [
  { word: 8, bit: 1, meaning: 'owner_ops', quote: 'Bit 1 is set', place: 'mm_types.h:341', clashes: true },
  { word: 8, bit: 1, meaning: 'pfmemalloc', quote: 'page_is_pfmemalloc()', place: 'mm.h:2315', clashes: true },
  { word: 8, bit: 0, meaning: 'compound_head', quote: 'Bit zero is set', place: 'mm_types.h:130' },
];

const FLAGS = struct(
  [
    member('head', 'int'),
    bits('lineno', 'unsigned int', 18),
    bits('class_id', 'unsigned int', 6),
    member('data', arrayOf('char', 100)),
    member('list', POINTER),
    bits('low', 'unsigned char', 3),
    member('tail', arrayOf(POINTER, null)),
  ],
  { tag: 'flags' },
);

describe('the block', () => {
  it('shows views, the touched bytes, who shares them, and claims', () => {
    const block = drawBlock(layoutRecord(PAGE, x86), { touched: 'lru', claims: CLAIMS, note: 'x86_64, 6.12' });
    expect(block).toBe(text`
      struct page              64 bytes, align 16, 1 cacheline, no holes, x86_64, 6.12
          0               8               16              24              32
          ┌───────────────┬━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┬───────────────┐
        0 │     flags     │▒▒▒▒▒▒▒▒▒▒▒▒▒ lru ▒▒▒▒▒▒▒▒▒▒▒▒▒│    mapping    │
          │               │   __filler    │mlock_…│ pad 4 │               │
          │               │          buddy_list           │               │
          │               │   pp_magic    │      pp       │_pp_mapping_pad│
          │               │ compound_head │                               │
          │               │     pgmap     │zone_device_da…│               │
          ├───────────────┼───────────────┼───────┬───────┼───────────────┤
       32 │     index     │    private    │page_t…│_refco…│  memcg_data   │
          │     share     │               │_mapco…│                       │
          │   dma_addr    │ pp_ref_count  │                               │
          └───────────────┴───────────────┴───────────────────────────────┘

        in full  16 mlock_count, 16 zone_device_data, 48 page_type, 48 _mapcount,
                 52 _refcount

      struct list_head lru: 16 bytes at 8–23
         8–23  buddy_list
         8–15  __filler, pp_magic, compound_head, pgmap
        16–23  pp, zone_device_data
        16–19  mlock_count

      bytes 8 to 15
        bit 0  compound_head  "Bit zero is set"       mm_types.h:130
        bit 1  owner_ops      "Bit 1 is set"          mm_types.h:341  CLASH
        bit 1  pfmemalloc     "page_is_pfmemalloc()"  mm.h:2315       CLASH
    `);
  });

  it('marks part of a member where a path leads into it', () => {
    const lines = drawBlock(layoutRecord(PAGE, x86), { touched: 'lru.prev' }).split('\n');
    expect(lines[3]).toContain('│     flags     │              lru ▒▒▒▒▒▒▒▒▒▒▒▒▒│');
  });

  it('draws bit-fields, holes, cacheline edges, and leaves out the inside of a long member', () => {
    expect(drawBlock(layoutRecord(FLAGS, x86), { touched: 'class_id' })).toBe(text`
      struct flags
        128 bytes, align 8, 2 cachelines, 2 holes of 12 bytes 5 bits, x86_64
           0               8               16              24              32
           ┌───────┬────━┬─────────────────────────────────────────────────┐
         0 │ head  │clas…│                      data                       │
           └───────┴─────┴─────────────────────────────────────────────────┘
         ⋮ 32–95: data
           ┌─────────────────────┬─────────┬───────────────┬─┬─────────────┐
        96 │          …          │ hole 5 ·│     list      │…│·· hole 7 ···│
           └─────────────────────┴─────────┴───────────────┴─┴─────────────┘

        in full  4 lineno:18 class_id:6, 120 low:3

      unsigned int class_id: 6 bits at byte 6 bits 2–7, shared with none

      without bytes of its own:
        at 128  void *tail[]
    `);
  });

  it('keeps of a huge record what is of interest', () => {
    const huge = struct(
      Array.from({ length: 600 }, (_, index) => member(`field_${index}`, 'long')),
      { tag: 'huge' },
    );
    const block = drawBlock(layoutRecord(huge, x86), { touched: 'field_300' });
    expect(block.split('\n').length).toBeLessThan(30);
    expect(block).toContain('field_300');
    expect(block).toContain('⋮ 32–2367: 292 members');
  });

  it('draws what is known of an unknown layout, and says why the rest is not', () => {
    const record = struct([member('a', 'int'), member('b', unknownType('foo_t is not declared'))], { tag: 'half' });
    const block = drawBlock(layoutRecord(record, x86));
    expect(block).toContain('│ a │');
    expect(block).toContain('unknown: member b: foo_t is not declared');
  });

  it('does not draw a gigabyte byte by byte', () => {
    const record = struct([member('all', arrayOf('char', 2 ** 40)), member('end', 'char')], { tag: 'giant' });
    expect(drawBlock(layoutRecord(record, x86)).split('\n').length).toBeLessThan(16);
    expect(drawSvg(layoutRecord(record, x86)).length).toBeLessThan(20_000);
  });

  it('cuts a union of hundreds, but never the touched view', () => {
    const record = union(
      Array.from({ length: 300 }, (_, index) => member(`view_${index}`, 'long')),
      { tag: 'many' },
    );
    const block = drawBlock(layoutRecord(record, x86), { touched: 'view_250' });
    expect(block).toContain('… 280');
    expect(block).toMatch(/view_2/);
    expect(block.split('\n').length).toBeLessThan(40);
  });

  it('says so when the touched member is not there', () => {
    expect(drawBlock(layoutRecord(PAGE, x86), { touched: 'nothing' })).toContain('struct page has no member nothing');
  });
});

describe('the text form', () => {
  it("reads as pahole's", () => {
    expect(printRecord(layoutRecord(FLAGS, x86))).toBe(
      [
        'struct flags {',
        '\tint                        head;                 /*     0     4 */',
        '\tunsigned int               lineno:18;            /*     4: 0  4 */',
        '\tunsigned int               class_id:6;           /*     4:18  4 */',
        '\tchar                       data[100];            /*     7   100 */',
        '',
        '\t/* XXX 5 bytes hole, try to pack */',
        '',
        '\t/* --- cacheline 1 boundary (64 bytes) was 48 bytes ago --- */',
        '\tvoid *                     list;                 /*   112     8 */',
        '\tunsigned char              low:3;                /*   120: 0  1 */',
        '',
        '\t/* XXX 5 bits hole, try to pack */',
        '',
        '\t/* XXX 7 bytes hole, try to pack */',
        '',
        '\t/* --- cacheline 2 boundary (128 bytes) --- */',
        '\tvoid *                     tail[];               /*   128     0 */',
        '',
        '\t/* size: 128, align: 8, cachelines: 2, members: 7 */',
        '\t/* sum members: 112, holes: 2, sum holes: 12 */',
        '\t/* sum bitfield members: 27 bits, bit holes: 1, sum bit holes: 5 bits */',
        '};',
      ].join('\n'),
    );
  });

  it('nests anonymous records with offsets from the start, and draws overlaps below', () => {
    const printed = drawText(layoutRecord(PAGE, x86));
    expect(printed).toContain('\t\t\t\tstruct list_head lru;    /*     8    16 */');
    expect(printed).toContain('\t};                                               /*     8    40 */');
    expect(printed).toContain('} __attribute__((aligned(16)));\n\nstruct page ');
    expect(drawText(layoutRecord(FLAGS, x86))).not.toContain('┌');
  });
});

describe('a record without a tag', () => {
  it('is called by its typedef where the caller knows one', () => {
    const layout = layoutRecord(struct([member('counter', 'int')]), x86);
    expect(drawBlock(layout, { typedefName: 'atomic_t' })).toMatch(/^atomic_t {2}/);
    expect(printRecord(layout, { typedefName: 'atomic_t' })).toMatch(/^typedef struct \{\n[\s\S]*\n\} atomic_t;$/);
    expect(drawBlock(layout)).toMatch(/^struct \{…\} {2}/);
  });
});

describe('the JSON form', () => {
  it('holds to its contract', () => {
    const place = { name: 'pair', file: 'include/linux/pair.h', line: 7 };
    const record = struct([member('a', 'char'), anonymous(union([member('b', 'int'), bits('c', 'int', 3)]))], {
      tag: 'pair',
    });
    expect(layoutJson(layoutRecord(record, x86), place)).toEqual({
      kind: 'struct',
      name: 'pair',
      file: 'include/linux/pair.h',
      line: 7,
      size: 8,
      align: 4,
      status: 'exact',
      members: [
        { name: 'a', type: 'char', offsetBits: 0, sizeBits: 8, bitfield: false },
        { name: 'b', type: 'int', offsetBits: 32, sizeBits: 32, bitfield: false },
        { name: 'c', type: 'int', offsetBits: 32, sizeBits: 3, bitfield: true },
      ],
      holes: [{ offsetBits: 8, sizeBits: 24 }],
      words: [{ offset: 0, size: 8, members: ['a', 'b', 'c'] }],
    });
    const broken: RecordDeclaration = { ...record, members: undefined };
    expect(layoutJson(layoutRecord(broken, x86), place)).toMatchObject({
      size: null,
      align: null,
      status: 'unknown',
      reason: 'it is only declared, not defined',
      members: [],
    });
  });
});

describe('the SVG form', () => {
  it('is one well-formed document without scripts', () => {
    const svg = drawSvg(layoutRecord(PAGE, x86), { touched: 'lru', claims: CLAIMS });
    const opened = [...svg.matchAll(/<(svg|g|text|title|style|defs|pattern)[ >]/g)].length;
    const closed = [...svg.matchAll(/<\/(svg|g|text|title|style|defs|pattern)>/g)].length;
    expect(opened).toBe(closed);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).not.toMatch(/<script|\son\w+=|href/);
    expect(svg).toContain('zone_device_data');
  });

  it('is drawn right where CSS variables are unknown: every class has its colours written out', () => {
    const svg = drawSvg(layoutRecord(PAGE, x86), { touched: 'lru', claims: CLAIMS });
    expect(svg).not.toMatch(/var\(|--\w/);
    expect(svg).not.toContain('\ufffd');
    const [, style] = /<style>([\s\S]*?)@media/.exec(svg)!;
    for (const [, names] of svg.matchAll(/class="([^"]+)"/g))
      for (const name of names.split(' ').filter((one) => !['title', 'small', 'italic'].includes(one)))
        expect(style).toMatch(new RegExp(`\\.${name} \\{ (fill|stroke): [#u]`));
  });
});

describe('type names', () => {
  it.each([
    [recordType(PAGE), 'struct page', 'struct page x'],
    [pointerTo({ kind: 'void', isConst: true }), 'const void *', 'const void *x'],
    [{ ...POINTER, isConst: true } as const, 'void *const', 'void *const x'],
    [arrayOf(arrayOf('int', 3), null), 'int [][3]', 'int x[][3]'],
    [
      pointerTo({
        kind: 'function',
        returns: VOID,
        parameters: [{ type: pointerTo(recordType(PAGE)) }],
        variadic: true,
      }),
      'void (*)(struct page *, ...)',
      'void (*x)(struct page *, ...)',
    ],
    [pointerTo(arrayOf('char', 4)), 'char (*)[4]', 'char (*x)[4]'],
    [recordType(struct([])), 'struct {…}', 'struct {…} x'],
  ])('are written as in C: %#', (type, name, declaration) => {
    expect(typeName(type)).toBe(name);
    expect(declare(type, 'x')).toBe(declaration);
  });
});

describe('pictures of random records', () => {
  it.each(['x86_64', 'i386', 'arm64', 'arm', 'riscv64', 's390', 'm68k', 'sh'])('keep to 80 columns on %s', (name) => {
    const generator = new RandomRecords(new RandomNumbers(7), target(name, 'gcc'));
    for (let count = 0; count < 300; count++) {
      const layout = layoutRecord(generator.next(), target(name, 'gcc'));
      const long = drawBlock(layout)
        .split('\n')
        .filter((line) => line.length > 80);
      expect(long).toEqual([]);
      expect(drawText(layout)).toContain(layout.record.tag);
      expect(drawSvg(layout)).not.toContain('NaN');
    }
  });
});
