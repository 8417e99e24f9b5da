/** Which of many names stand in a text, found in one pass: a text is asked for a hundred of them, and holds few. */

export class WordSet {
  private readonly byHash = new Map<number, string[]>();
  private text: string | undefined;
  private readonly found = new Set<string>();

  /** Adds the name by which a word is looked for: the longest name in it. The same word gives the same name. */
  add(word: string): string {
    const names = word.match(/\w+/g) ?? [];
    const name = names.reduce((longest, other) => (other.length > longest.length ? other : longest), '');
    const hash = hashOf(name, 0, name.length);
    const same = this.byHash.get(hash);
    if (same?.includes(name)) return name;
    if (same) same.push(name);
    else this.byHash.set(hash, [name]);
    this.text = undefined;
    return name;
  }

  /** Whether a name that was added stands in a text as a whole; comments count. */
  holds(text: string, name: string): boolean {
    if (this.text !== text) this.look(text);
    return this.found.has(name);
  }

  private look(text: string): void {
    this.found.clear();
    this.text = text;
    const { length } = text;
    for (let at = 0; at < length; ) {
      if (!IN_WORD[text.charCodeAt(at)]) {
        at++;
        continue;
      }
      const start = at;
      let hash = 0;
      for (let code = text.charCodeAt(at); at < length && IN_WORD[code]; code = text.charCodeAt(++at))
        hash = (Math.imul(hash, 31) + code) | 0;
      const same = this.byHash.get(hash);
      if (same)
        for (const name of same) if (name.length === at - start && text.startsWith(name, start)) this.found.add(name);
    }
  }
}

/** By byte, whether it is part of a name: 1 for letters, digits and the underscore. */
export const IN_WORD = Uint8Array.from({ length: 256 }, (_, code) => Number(/\w/.test(String.fromCharCode(code))));

function hashOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}
