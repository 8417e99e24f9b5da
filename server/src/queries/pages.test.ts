/** The pages in docs/rules are what the rules say of themselves. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index';
import { rulePage, rulesIndex } from './pages';

const FOLDER = path.resolve(import.meta.dirname, '../../../docs/rules');

describe('docs/rules', () => {
  it.each(rules)('has the page of $id; if not, run: npm run docs', (rule) => {
    expect(fs.readFileSync(path.join(FOLDER, `${rule.id}.md`), 'utf8')).toBe(rulePage(rule));
  });

  it('has a table of all rules, and no page of a rule that is gone; if not, run: npm run docs', () => {
    expect(fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8')).toBe(rulesIndex(rules));
    const pages = fs.readdirSync(FOLDER).sort();
    expect(pages).toEqual(['README.md', ...rules.map(({ id }) => `${id}.md`)].sort());
  });

  it.each(rules)('say of $id where the kernel says so, what is bad and good, and where it is silent', ({ doc }) => {
    for (const part of ['**Kernel source of the rule**', '**Bad**', '**Good**', '**Fix**']) expect(doc).toContain(part);
    expect(doc).toMatch(/\*\*(Silent on|Misses)/);
  });

  it('name the files in which packs keep a rule silent, and why', () => {
    const page = rulePage(rules.find(({ id }) => id === 'refcount-on-slab')!);
    expect(page).toContain(
      '**Exempt** are, from the kernel folder:\n\n- `mm/`, `arch/riscv/kvm/`: they own the tables, and count entries of a table by its page\n',
    );
  });

  it('begin with a capital, but for names in C', () => {
    const named = rules.find(({ id }) => id === 'raw-pgmap')!;
    expect(rulePage(named)).toMatch(/^# raw-pgmap\n\npage->pgmap is read/);
    expect(rulePage({ ...named, summary: 'call_rcu() is given it' })).toMatch(/\n\ncall_rcu\(\) is given it\./);
    expect(rulePage({ ...named, summary: 'a cast is wrong' })).toMatch(/\n\nA cast is wrong\./);
  });
});
