/** Units of a few files in memory, for tests of the preprocessor, the parser and layouts. */
import { layoutOracle } from '../layout/oracle';
import { layoutRecord, type RecordLayout } from '../layout/record';
import { target } from '../layout/target';
import { UnitGlobals } from '../parser/globals';
import { spelling } from '../preprocessor/ptoken';
import { PreprocessedTree } from '../preprocessor/tree';
import { typeName } from '../types/typename';

/** A tree of these files (paths from its root) and the unit of `/main.c`. */
export function unitOf(files: Readonly<Record<string, string>>, main = '/main.c') {
  const tree = new PreprocessedTree({
    kernel: '',
    build: '',
    arch: 'x86',
    target: 'x86_64',
    reader: { read: (path) => files[path], exists: (path) => path in files },
  });
  const unit = tree.unit(main, files[main]);
  const globals = new UnitGlobals(unit, tree, layoutOracle(target('x86_64', 'gcc')));
  return { tree, unit, globals };
}

/** A text as it reads once preprocessed, tokens parted by single blanks. */
export function preprocessed(text: string, files: Readonly<Record<string, string>> = {}): string {
  const { globals } = unitOf({ ...files, '/main.c': text });
  const { tables } = globals;
  const { reading, table } = tables[0];
  return table.items.map((item) => globals.tokensOf(reading, item).map(spelling).join(' ')).join(' ');
}

/** The layout of `struct NAME` (or `union`) that a text defines. */
export function layoutIn(text: string, name: string, kind: 'struct' | 'union' = 'struct'): RecordLayout {
  return layoutOf(unitOf({ '/.config': '', '/main.c': text }).globals, name, kind);
}

/** The layout of a record that a unit knows. */
export function layoutOf(globals: UnitGlobals, name: string, kind: 'struct' | 'union' = 'struct'): RecordLayout {
  return layoutRecord(globals.record(kind, name), target('x86_64', 'gcc'));
}

/** The type of a name at file scope, as C would write it. */
export function typeIn(text: string, name: string): string {
  const declared = unitOf({ '/main.c': text }).globals.ordinary(name);
  return declared ? typeName(declared.type) : 'not declared';
}
