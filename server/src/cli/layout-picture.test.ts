/** `overlint layout --format svg` and `--format html`: what the panel shows, as a picture and as a page that stands alone. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';

const HEADER = `#include <linux/types.h>
/* A box <img src=x onerror=alert(1)> for things. */
struct box {
	unsigned long flags;
	union {
		/* Boxes that are sent */
		struct {
			unsigned long sender;	/* Bit zero is set */
			u32 weight;
		};
		unsigned long owner;
	};
	unsigned low:3, high:5;
	char name[70];
};
struct crate { unsigned long flags; unsigned long count; };
#define CRATE(bx, cr) _Static_assert(__builtin_offsetof(struct box, bx) == __builtin_offsetof(struct crate, cr), "")
CRATE(flags, flags);
`;

/** Without claims' own headers and asserts, a picture would have neither marks nor a family. */
const FILES = { 'include/linux/box.h': HEADER, 'include/linux/kconfig.h': '' };

async function drawn(form: 'svg' | 'html', name = 'box') {
  const { code, out, err } = await runOverlint(['layout', name, '--no-cache', '--format', form], {
    folder: kernelOnDisk(FILES),
  });
  expect([code, err]).toEqual([0, '']);
  return out;
}

/** What stands in the picture as text. */
const words = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, said]) => said);

describe('the SVG', () => {
  it('has the bit-fields, the claims, the family and what comments say of views', async () => {
    const svg = await drawn('svg');
    expect(words(svg)).toEqual(
      expect.arrayContaining(['low:3', 'high:5', 'Boxes that are sent', 'struct crate', 'count', 'sender']),
    );
    // The mark has the bit's number beside its owner.
    expect(svg).toMatch(/class="onbit small"[^>]*>0<\/text><text[^>]*>sender</);
    // A view without a comment has no label: its name stands in its cell alone.
    expect(words(svg).filter((said) => said === 'owner')).toHaveLength(1);
  });

  it('colours views apart, and leaves open the edge of what goes on in the next row', async () => {
    const svg = await drawn('svg');
    const fillOf = (name: string): string =>
      new RegExp(`<g><title>[^<]*\\b${name}[^<]*</title><rect class="(\\w+)"`).exec(svg)![1];
    expect(fillOf('sender')).toBe(fillOf('weight'));
    expect(fillOf('owner')).not.toBe(fillOf('sender'));
    expect(fillOf('flags')).toBe('plain');
    const sidesOf = [...svg.matchAll(/<g><title>char name[^<]*<\/title>.*?<path[^>]* d="([^"]*)"/g)].map(([, d]) => d);
    expect(sidesOf.map((d) => d.match(/V/g)?.length)).toEqual([1, 1]);
  });

  it('is drawn outside of browsers, too', async () => {
    const svg = await drawn('svg');
    let png: Buffer;
    try {
      png = execFileSync('rsvg-convert', [], { input: svg });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    // One that is all black or empty packs to far less.
    expect(png.length).toBeGreaterThan(10_000);
  });
});

describe('the page', () => {
  it('stands alone: nothing is loaded, nothing runs, and the tree’s text is no markup', async () => {
    const html = await drawn('html');
    expect(html).toMatch(/^<!DOCTYPE html>\n/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
    expect(html).not.toMatch(/<script|<img|\bsrc=(?!x onerror)|href=|@import|url\((?!#)/);
    expect(html).toContain('&#60;img src=x onerror=alert(1)&#62;');
  });

  it('has the picture, every member with its place and the claims', async () => {
    const html = await drawn('html');
    expect(html).toContain('<figure><svg ');
    for (const said of [
      'unsigned long sender',
      'include/linux/box.h:8',
      'Bit zero is set',
      'Boxes that are sent',
      'hole',
    ])
      expect(html).toContain(said);
  });
});

it('draws one record at a time', async () => {
  const folder = kernelOnDisk(FILES);
  const { err } = await runOverlint(['layout', 'box', 'crate', '--format', 'html'], { folder });
  expect(err).toContain('--format html draws one record at a time');
});
