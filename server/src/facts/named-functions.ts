/** Which functions and constants the words of a comment name, be several spelled as one. */

/** The functions and constants that words name; `crate_name/path()` are two. */
export function namesIn(words: string): string[] {
  return [
    ...spelledOut(words).matchAll(/\b([A-Za-z_]\w*)((?:\/\w+)*)\*?\(\)|%([A-Z][A-Z0-9_]*_[A-Z0-9_]+)\b/g),
  ].flatMap(([, name, others, macro]) => {
    if (name === undefined) return [macro];
    const stem = name.slice(0, name.lastIndexOf('_') + 1);
    const more = others.split('/').filter((other) => other !== '');
    return [name, ...more.map((other) => (other.startsWith(stem) ? other : stem + other))];
  });
}

/** Each of the names that stand together: `lid_[try]get()`, `box_{open,close}_lid functions`. */
function spelledOut(words: string): string {
  const pattern = /\b\w*(?:\[\w+\]|\{\w+(?:,\w+)+\})[\w[\]{},]*(?=\(\)| functions| helpers| accessors)/g;
  return words
    .replace(pattern, (together) => {
      let names = [''];
      for (const [, option, choices, plainly] of together.matchAll(/\[(\w+)\]|\{([\w,]+)\}|(\w+)/g)) {
        const ways = plainly !== undefined ? [plainly] : option !== undefined ? ['', option] : choices.split(',');
        names = names.flatMap((name) => ways.map((way) => name + way));
        if (names.length > MOST_TOGETHER) return together;
      }
      return names.join('(), ');
    })
    .replace(/(\w)(?= functions\b)(?<=_\w+)/g, '$1()');
}

const MOST_TOGETHER = 16;
