/**
 * Finishes the tree of menu entries once all files are read: what stands around an entry becomes part of its own
 * dependencies, selects reach their targets, entries that depend on the one before them become its submenu, and blocks
 * without a title dissolve.
 */
import type { Report } from './messages';
import type { ParsedKconfig } from './parser';
import { typeProblems } from './property-types';
import { contains, containsNegated, dependsOn, Simplifier } from './simplify';
import type { Expression, KconfigSymbol, MenuEntry, Property } from './symbols';

/** @param negatedEndsSubmenu Whether an entry that can be shown while a symbol is off ends the symbol's submenu. */
export function finishTree(parsed: ParsedKconfig, negatedEndsSubmenu: boolean, report: Report): void {
  const simplifier = new Simplifier(parsed.table, (text) => report({ severity: 'info', text }));
  new TreeFinisher(parsed, simplifier, negatedEndsSubmenu, report).finish(parsed.root, false);
}

class TreeFinisher {
  private readonly checked = new Set<KconfigSymbol>();

  constructor(
    private readonly parsed: ParsedKconfig,
    private readonly simplifier: Simplifier,
    private readonly negatedEndsSubmenu: boolean,
    private readonly report: Report,
  ) {}

  finish(entry: MenuEntry, isInChoice: boolean): void {
    const { symbol } = entry;
    if (entry.firstChild) {
      for (let child: MenuEntry | undefined = entry.firstChild; child; child = child.next) this.inherit(child, entry);
      const isChoice = symbol?.isChoice ?? false;
      for (let child: MenuEntry | undefined = entry.firstChild; child; child = child.next) this.finish(child, isChoice);
    } else if (!isInChoice && symbol) {
      this.gatherSubmenu(entry, symbol);
      symbol.directDependency = this.parsed.table.or(symbol.directDependency, entry.dependency);
    }
    dissolve(entry);
    if (symbol && !this.checked.has(symbol)) {
      if (symbol.type === 'unknown')
        this.report({ severity: 'warning', place: entry, text: 'config symbol defined without type' });
      for (const problem of typeProblems(symbol)) this.report(problem);
      this.checked.add(symbol);
    }
  }

  /** Makes what the parent depends on part of what an entry and each of its properties depend on. */
  private inherit(entry: MenuEntry, parent: MenuEntry): void {
    const { table } = this.parsed;
    entry.dependency = this.joined(parent.dependency, entry.dependency);
    const own: Iterable<Property> = entry.symbol ? entry.symbol.properties : entry.prompt ? [entry.prompt] : [];
    for (const property of own) {
      // One of another definition of the symbol is for that one.
      if (property.entry !== entry) continue;
      property.visible = this.joined(entry.dependency, property.visible);
      if (property.kind !== 'select' && property.kind !== 'imply') continue;
      const target = property.value?.kind === 'symbol' ? property.value.symbol : undefined;
      if (!target || !entry.symbol) continue;
      const reason = table.and(table.reference(entry.symbol), property.visible);
      if (property.kind === 'select') target.selectedBy = table.or(target.selectedBy, reason);
      else target.impliedBy = table.or(target.impliedBy, reason);
    }
  }

  private joined(outer: Expression | undefined, inner: Expression | undefined): Expression | undefined {
    const both = this.parsed.table.and(outer, inner && this.simplifier.transform(this.needingModules(inner)));
    return both && this.simplifier.withoutDuplicates(both);
  }

  /** A bare m asks for modules: it is n where there are none. */
  private needingModules(expression: Expression): Expression {
    const { table, modules } = this.parsed;
    switch (expression.kind) {
      case 'not':
        return table.not(this.needingModules(expression.operand));
      case 'and':
      case 'or':
        return table.connect(
          expression.kind,
          this.needingModules(expression.left),
          this.needingModules(expression.right),
        );
      case 'symbol':
        return expression.symbol === table.module
          ? table.connect('and', expression, table.reference(modules))
          : expression;
      default:
        return expression;
    }
  }

  /** Moves the entries behind a symbol that depend on it below it. */
  private gatherSubmenu(entry: MenuEntry, symbol: KconfigSymbol): void {
    const { simplifier } = this;
    let own: Expression | undefined;
    let last: MenuEntry | undefined;
    for (let follower = entry.next; follower; follower = follower.next) {
      const dependency = follower.prompt ? follower.prompt.visible : follower.dependency;
      if (!dependency || !contains(dependency, symbol)) break;
      if (!dependsOn(dependency, symbol, this.parsed.table)) {
        if (this.negatedEndsSubmenu && containsNegated(dependency, symbol, this.parsed.table)) break;
        own ??= this.inPlainForm(entry.prompt?.visible);
        const [, rest] = simplifier.withoutCommon(this.inPlainForm(dependency), own);
        if (!this.parsed.table.isYes(rest)) break;
      }
      this.finish(follower, false);
      follower.parent = entry;
      last = follower;
    }
    if (!last) return;
    entry.firstChild = entry.next;
    entry.next = last.next;
    last.next = undefined;
  }

  private inPlainForm(expression: Expression | undefined): Expression {
    const compared = this.simplifier.comparedWithNo(expression, '!=');
    return this.simplifier.withoutDuplicates(this.simplifier.transform(compared));
  }
}

/** Puts the children of entries that show no title in the place behind those entries. */
function dissolve(parent: MenuEntry): void {
  for (let entry: MenuEntry | undefined = parent.firstChild; entry; entry = entry.next) {
    if (!entry.firstChild || entry.prompt?.text !== undefined) continue;
    let last: MenuEntry = entry.firstChild;
    for (;;) {
      last.parent = parent;
      if (!last.next) break;
      last = last.next;
    }
    last.next = entry.next;
    entry.next = entry.firstChild;
    entry.firstChild = undefined;
  }
}
