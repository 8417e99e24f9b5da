/** Which declaration a name means: inner blocks before outer ones, and those before the file. */
import { describe, expect, it } from 'vitest';
import { unitOf } from '../testing/unit';
import type { Expression } from './ast';
import { typeName } from './typename';
import { typeOf } from './typer';
import { walkStatement } from './walk';

/** The types that `mark(x)` sees in a function's body, in the order of the text. */
function typesIn(text: string): string[] {
  const { globals } = unitOf({ '/main.c': text });
  const { item, reading } = globals.definitionOf('f')!;
  const body = globals.parseWhole(reading, item).declarations.find(({ name }) => name === 'f')!.body!;
  const found: string[] = [];
  walkStatement(body, (part: Expression) => {
    if (part.kind === 'call' && part.callee.kind === 'name' && part.callee.name === 'mark')
      found.push(typeName(typeOf(part.arguments[0], globals)));
  });
  return found;
}

describe('a name', () => {
  it('means the nearest declaration around it, from where that stands', () => {
    const text = `
      long x;
      void f(int n)
      {
          mark(x);
          char x = 1;
          mark(x);
          { mark(x); float x; mark(x); }
          for (short x = 0; x < n; x++) mark(x);
          mark(x);
      }`;
    expect(typesIn(text)).toEqual(['long', 'char', 'char', 'float', 'short', 'char']);
  });

  it("of a record is the block's own from where its definition begins, or from where it stands alone", () => {
    const text = `
      struct node { struct node *next; char *pad; };
      struct other { long q; };
      void f(void)
      {
          struct node { struct node *next; short x; } *p;
          struct other;
          struct { struct other *o; } u;
          struct other { char q; };
          mark(p->next->next->x);
          mark(u.o->q);
          { struct node *outer; struct node { float y; } inner; mark(outer->x); mark(inner.y); }
      }`;
    expect(typesIn(text)).toEqual(['short', 'char', 'short', 'float']);
  });

  it('may be a type outside and a variable inside, so that a cast is a call there', () => {
    const text = `
      typedef long word;
      void f(int n)
      {
          mark((word)n);
          { int word = 3; mark(word + n); mark((word) + n); mark(sizeof(word) * n); }
      }`;
    expect(typesIn(text)).toEqual(['word', 'int', 'int', 'unsigned long']);
  });

  it('of a tag means the record that its own block defines', () => {
    const text = `
      struct s { long x; };
      void f(struct s *p)
      {
          struct s { char x; } own;
          struct s *other = &own;
          mark(p->x);
          mark(other->x);
      }`;
    expect(typesIn(text)).toEqual(['long', 'char']);
  });

  it('of a constant means the enumerator of its own block', () => {
    const text = `
      enum { SIZE = 3 };
      void f(void)
      {
          enum { SIZE = 5 };
          char local[SIZE];
          mark(local);
      }
      char outside[SIZE];`;
    expect(typesIn(text)).toEqual(['char [5]']);
  });

  it('of a parameter hides the one at file scope', () => {
    expect(typesIn('long x; void f(char x) { mark(x); }')).toEqual(['char']);
  });
});
