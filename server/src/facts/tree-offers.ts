/** Accessors that a file could have if it included another header: looked up in the headers of the tree, as configured. */
import { layoutOracle } from '../layout/oracle';
import type { Target } from '../layout/target';
import { UnitGlobals } from '../parser/globals';
import type { PreprocessedTree } from '../preprocessor/tree';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import { type Declared, declares } from './declared';

/** A header that a file does not include, read as if it did. */
export interface HeaderScope {
  readonly header: string;
  readonly globals: UnitGlobals;
}

/** What declares a name there. */
export interface TreeOffer extends HeaderScope {
  readonly place: Place;
}

interface Kept {
  readonly scope: HeaderScope;
  /** What reading it rests on (see Notes). */
  readonly asked: readonly number[];
}

/** So many headers beside a file are looked through at most. */
const MOST_BESIDE = 100;

export class TreeOffers {
  private readonly scopes = new Map<string, Kept>();

  /** @param declared What the headers say that any file may include; undefined where that was not worked out. */
  constructor(
    private readonly tree: PreprocessedTree,
    private readonly target: Target,
    private readonly declared: Declared | undefined,
    /** Where these stand. */
    private readonly folders: readonly string[] = [],
  ) {}

  /** Whether a general header spells a declaration; undefined where nobody looked for that name. */
  isSpelled(name: string): boolean | undefined {
    const paths = this.pathsOf(name);
    return paths && paths.length > 0;
  }

  /** What declares a name in a header that any file may include, or in one beside a file. */
  find(name: string, from: string): TreeOffer | undefined {
    if (this.declared === undefined) return undefined;
    for (const path of [...(this.pathsOf(name) ?? []), ...this.beside(name, from)]) {
      const scope = this.scope(path);
      const place = placeOf(scope.globals, name);
      if (place) return { ...scope, place };
    }
    return undefined;
  }

  /** The header of the tree that has a name: `page_ref.h`. */
  headerNamed(name: string): string | undefined {
    return this.pathsOf(name)?.[0];
  }

  /** A header behind what every source has read. */
  scope(header: string): HeaderScope {
    const known = this.scopes.get(header);
    if (known) {
      this.tree.notes.takeAll(known.asked);
      return known.scope;
    }
    this.tree.needHeaders();
    const { result: scope, ids: asked } = this.tree.notes.during(() => {
      const unit = this.tree.unitBehindAssumed(`${header}.c`, `#include "${header}"\n`, header);
      return { header, globals: new UnitGlobals(unit, this.tree, layoutOracle(this.target)) };
    });
    this.scopes.set(header, { scope, asked });
    return scope;
  }

  /** A file changed: what was worked out of the headers does not know it as it is now. */
  forget(path: string): void {
    this.scopes.clear();
    if (path.endsWith('.h') && this.isGeneral(path)) this.changed.add(path);
  }

  private readonly changed = new Set<string>();

  private isGeneral(path: string): boolean {
    return this.folders.some((folder) => path.startsWith(folder));
  }

  private pathsOf(name: string): readonly string[] | undefined {
    if (!this.declared || !Object.hasOwn(this.declared, name)) return undefined;
    const changed = [...this.changed].filter((path) => declares(this.tree.plainText(path) ?? '', name));
    return [...this.declared[name], ...changed];
  }

  private beside(name: string, from: string): string[] {
    if (this.isGeneral(from)) return [];
    const headers = this.tree.headersIn(from.slice(0, from.lastIndexOf('/'))).filter((path) => path !== from);
    if (headers.length > MOST_BESIDE) return [];
    return headers.filter((path) => declares(this.tree.plainText(path) ?? '', name));
  }
}

/** Where a function or macro of a name is declared in a unit. */
export function placeOf(globals: UnitGlobals, name: string): Place | undefined {
  const declared = globals.ordinary(name)?.place;
  if (declared) return declared;
  const { unit } = globals;
  const macro = unit.macro(nameId(name), unit.end);
  return macro && { path: macro.file.path, start: macro.start, end: macro.start + name.length };
}
