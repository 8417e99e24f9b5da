/** Comments that allow a finding, as they are written for the user, and what is being written in one. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../analysis/finding';
import { Linter } from '../linter';
import { parseFixture, TREE } from '../testing/fixture';
import { allowComment, nameInAllow } from './allow-comment';

const HEADERS =
  '//- /include/linux/mm_types.h +page +folio\n//- /include/linux/mmzone.h +page_pgmap\n//- /mm/memory.c\n';

/** The source with a comment for its last finding, and what is found then. */
function allowed(source: string): { text: string; left: readonly Finding[] } {
  const { files, reader } = parseFixture(HEADERS + source);
  const { path, text } = files.at(-1)!;
  const linter = new Linter({ kernel: TREE, build: TREE, arch: 'x86', reader }, { ahead: false });
  const finding = linter.lint({ path, text }).findings.at(-1)!;
  const comment = linter.inspect({ path, text }, (file) => allowComment(file.main, finding));
  const [head, rest] = [text.slice(0, comment.offset), text.slice(comment.offset)];
  const after = `${head}${comment.before}order 0${comment.after}${rest}`;
  return { text: after.slice(after.indexOf(source.slice(0, 9))), left: linter.lint({ path, text: after }).findings };
}

describe('a comment for a finding', () => {
  it('stands above its line, as far in, and allows it', () => {
    const { text, left } = allowed('void *one(struct page *page)\n{\n\treturn page->pgmap;\n}\n');
    expect(text).toBe(
      'void *one(struct page *page)\n{\n\t/* overlint: allow(raw-pgmap) order 0 */\n\treturn page->pgmap;\n}\n',
    );
    expect(left).toEqual([]);
  });

  it.each([
    ['a wrapped call', 'void *one(struct page *page)\n{\n\treturn use(page,\n\t\t   page->pgmap);\n}\n'],
    ['a condition', 'int one(struct page *page)\n{\n\tif (0) {\n\t} else if (page->pgmap) {\n\t}\n}\n'],
    [
      'the first line of a macro',
      '#define PGMAP(p) ((struct page *)(p))->pgmap\nvoid *o(void *p) { return PGMAP(p); }\n',
    ],
    ['a line that a comment ends on', 'void *one(struct page *page)\n{\n\t/* long\n\t */ return page->pgmap;\n}\n'],
    [
      'a line between two comments',
      'void *one(struct page *page)\n{\n\t/* a\n\t */ int b; /* c\n\t */ return page->pgmap;\n}\n',
    ],
    ['the first line of a file', 'void *one(struct page *page) { return page->pgmap; }\n'],
  ])('allows it in %s', (_where, source) => {
    expect(allowed(source).left).toEqual([]);
  });

  it('goes on with a macro’s lines, and ends as the file’s lines do', () => {
    const macro = '#define PGMAP(p) \\\n\t((struct page *)(p))->pgmap\nvoid *o(void *p) { return PGMAP(p); }\n';
    const { text, left } = allowed(macro);
    expect(text).toContain('PGMAP(p) \\\n\t/* overlint: allow(raw-pgmap) order 0 */ \\\n\t((struct');
    expect(left).toEqual([]);
    const dos = 'void *one(struct page *page)\r\n{\r\n\treturn page->pgmap;\r\n}\r\n';
    expect(allowed(dos).text).toContain('{\r\n\t/* overlint: allow(raw-pgmap) order 0 */\r\n\treturn');
  });
});

describe('a name that is being written', () => {
  const at = (text: string) => {
    const name = nameInAllow(text.replace('$', ''), text.indexOf('$'));
    return name && [text.replace('$', '').slice(name.start, name.end), name.others];
  };

  it('is the word at the cursor between the parentheses of an allow comment', () => {
    expect(at('a; /* overlint: allow($)')).toEqual(['', []]);
    expect(at('a; // overlint: allow(raw-$pg) why')).toEqual(['raw-pg', []]);
    expect(at('/*\n * overlint: allow(raw-pgmap,\n *   tag-$')).toEqual(['tag-', ['raw-pgmap']]);
  });

  it('is nowhere else', () => {
    expect(at('/* overlint: allow(raw-pgmap) $')).toBeUndefined();
    expect(at('overlint: allow($')).toBeUndefined();
    expect(at('// overlint: allow(\nint f($')).toBeUndefined();
    expect(at('/* overlint: allow( */ f$')).toBeUndefined();
    expect(at('/* see overlint: allow($')).toBeUndefined();
  });
});
