/** Every single-statement mutation of a corpus file's functions. */
import type { PToken } from '../../../server/src/preprocessor/ptoken';
import type { Expression, Statement } from '../../../server/src/types/ast';
import { statementsIn } from '../../../server/src/types/walk';
import { LINES_ABOVE, type Parsed } from './corpus';

export interface Mutant {
  /** `drop`, `swap`, `touch after set`, `wrong branch`. */
  readonly kind: string;
  readonly of: string;
  /** In the corpus file, from 1. */
  readonly line: number;
  /** The statement, as it was. */
  readonly was: string;
  readonly text: string;
}

/** Calls whose statements are worth dropping and moving. */
const SPOKEN =
  /\b(folio_(set|clear)_owner_ops|list_(add|del|move)\w*|INIT_LIST_HEAD|own|disown|pool_add|pool_remove|take_back|lend|\w+_pool_owner|isolate_from_pool|putback_to_pool|lend_and_move|guest_release)\s*\(/;

export function mutantsOf(code: Parsed): Mutant[] {
  return [...code.functions].flatMap(([name, { item }]) => {
    const body = item.declarations.find((one) => one.body)?.body;
    return body ? new Mutator(code.text, name, item.tokens).mutate(body) : [];
  });
}

class Mutator {
  private readonly found: Mutant[] = [];

  constructor(
    private readonly text: string,
    private readonly of: string,
    private readonly tokens: readonly PToken[],
  ) {}

  mutate(body: Statement): Mutant[] {
    this.visit(body);
    return this.found;
  }

  private span({ first, end }: { first: number; end: number }): { start: number; end: number } | undefined {
    const start = this.tokens[first];
    const last = this.tokens[end - 1];
    // What a macro makes ends with its call; only page_folio() comes up, and its call is the whole argument.
    if (start.via && start.via.at === last.via?.at && !start.via.at.via) {
      const open = this.text.indexOf(')', start.via.at.end);
      return { start: start.via.at.start, end: open + 1 };
    }
    return start.via || last.via ? undefined : { start: start.start, end: last.end };
  }

  private add(kind: string, at: { start: number; end: number }, replacement: string): void {
    const { text, of } = this;
    const line = text.slice(0, at.start).split('\n').length - LINES_ABOVE;
    const was = text.slice(at.start, at.end).replace(/\s+/g, ' ');
    this.found.push({ kind, of, line, was, text: text.slice(0, at.start) + replacement + text.slice(at.end) });
  }

  private visit(statement: Statement): void {
    if (statement.kind === 'block') this.visitItems(statement.items);
    if (statement.kind === 'if') this.negate(statement.test);
    for (const inner of statementsIn(statement)) this.visit(inner);
    if (statement.kind === 'expression') this.visitPlain(statement);
  }

  private visitPlain(statement: Statement): void {
    const at = this.span(statement);
    if (!at) return;
    const was = this.text.slice(at.start, at.end);
    if (!SPOKEN.test(was)) return;
    this.add('drop', at, ';');
    if (!/^(folio_set_owner_ops|folio_set_pool_owner|own)\(/.test(was) || statement.kind !== 'expression') return;
    const call = statement.expression;
    const object = call?.kind === 'call' ? this.span(call.arguments[0]) : undefined;
    if (!object) return;
    const named = this.text.slice(object.start, object.end);
    this.add('touch after set', at, `{ ${was} list_del_init(&${named}->lru); }`);
  }

  private visitItems(items: readonly Statement[]): void {
    for (const [index, item] of items.slice(0, -1).entries()) {
      const one = item.kind === 'expression' ? this.span(item) : undefined;
      const next = items[index + 1].kind === 'expression' ? this.span(items[index + 1]) : undefined;
      if (!one || !next) continue;
      const [first, second] = [one, next].map(({ start, end }) => this.text.slice(start, end));
      if (SPOKEN.test(first) || SPOKEN.test(second))
        this.add('swap', { start: one.start, end: next.end }, second + this.text.slice(one.end, next.start) + first);
    }
  }

  private negate(test: Expression): void {
    const at = this.span(test);
    if (at) this.add('wrong branch', at, `!(${this.text.slice(at.start, at.end)})`);
  }
}
