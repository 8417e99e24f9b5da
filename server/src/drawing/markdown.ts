/** Text of a tree in Markdown: it stays text, whatever stands in it; no picture, link or markup of its own. */

/** The kernel's words as they are, on one line, whatever Markdown would make of them; an underscore within a word is safe. */
export function literal(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*[\]<~|]|(?<=\])\(|\b_|_\b/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/:(?=\/\/)|(?<=\bwww)\.|@/gi, '\\$&');
}

/** A code span; of text with backticks in it between longer ones (CommonMark 6.1). */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code; a line of it can't end it. */
export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text.replace(/`{3,}/g, (run) => "'".repeat(run.length))}\n\`\`\``;
}

/** A picture of our own, in words for those who don't see it; its size lets an editor make room before it is drawn. */
export function image(alt: string, svg: string, width: number, height: number): string {
  const data = Buffer.from(svg, 'utf8').toString('base64');
  return `![${literal(alt)}](data:image/svg+xml;base64,${data}|width=${width},height=${height})`;
}
