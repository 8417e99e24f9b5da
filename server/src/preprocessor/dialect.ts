/** Which C a tree is written in, as far as its Makefile's flags for all files say and types or layouts hang on it. */

export interface Dialect {
  /** -fms-extensions: a record with a tag, or a typedef's, is an anonymous member where it has no declarator. */
  readonly hasMsExtensions: boolean;
  /** Of `wchar_t`: 2 with -fshort-wchar. */
  readonly wideBytes: 2 | 4;
  /** C23's `_BitInt`, which compilers take in older C, too. */
  readonly hasBitInt: boolean;
}

/** The versions that brought `_BitInt`. */
const BIT_INT = { gcc: 14, clang: 15 };

interface Version {
  readonly name: 'gcc' | 'clang';
  readonly major: number;
}

/** @param makefile The text of the tree's own Makefile; undefined where there is none. */
export function dialectOf(makefile: string | undefined, { name, major }: Version): Dialect {
  const has = (flag: string): boolean => makefile !== undefined && hasWord(makefile, flag);
  return {
    hasMsExtensions: has('-fms-extensions'),
    wideBytes: has('-fshort-wchar') ? 2 : 4,
    hasBitInt: major >= BIT_INT[name],
  };
}

/** Whether a line of a Makefile has a word behind white space, not in a comment. */
function hasWord(makefile: string, word: string): boolean {
  for (let at = makefile.indexOf(word); at >= 0; at = makefile.indexOf(word, at + 1)) {
    if (/[\w-]/.test(makefile.charAt(at + word.length)) || !/\s/.test(makefile.charAt(at - 1))) continue;
    if (!makefile.slice(makefile.lastIndexOf('\n', at) + 1, at).includes('#')) return true;
  }
  return false;
}
