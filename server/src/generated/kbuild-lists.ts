/** Reads the lists of words that a Kbuild file or a simple Makefile collects: `generic-y += bug.h`. */

/**
 * Lists by their name. A name may end in an option (`x-$(CONFIG_A)`), which stands for the option's value. Recipes,
 * conditions and functions are not read.
 */
export function kbuildLists(
  text: string,
  symbols: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, readonly string[]> = new Map(),
): Map<string, string[]> {
  const lists = new Map([...known].map(([name, words]) => [name, [...words]]));
  for (const line of text.replace(/\\\r?\n[ \t]*/g, ' ').split('\n')) {
    const assignment = /^([\w-]+(?:\$\((\w+)\))?)[ \t]*(\+|:|\?)?=(.*)$/.exec(line);
    if (!assignment) continue;
    const [, written, option, operator, value] = assignment;
    const name = option ? written.replace(`$(${option})`, symbols.get(option) ?? '') : written;
    const words = value.replace(/#.*/, '').split(/\s+/).filter(Boolean);
    lists.set(name, operator === '+' ? [...(lists.get(name) ?? []), ...words] : words);
  }
  return lists;
}
