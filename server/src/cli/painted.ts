/** Colours for texts that are made without any, and kept so: layouts, differences, pages of rules. */
import type { Colours } from './colours';

/** A layout as `overlint layout` prints it: holes stand out, offsets step back. */
export function paintedLayout(text: string, colours: Colours): string {
  return text
    .replace(/\/\* (.*?) \*\//g, (comment, inside: string) =>
      inside.startsWith('XXX ') ? colours.severity('warning', comment) : colours.faint(comment),
    )
    .replace(/^(?:struct|union|typedef) [^{\n]*?(?= *\{$| {2,})/gm, (title) => colours.strong(title));
}

/** What `overlint diff` prints: as git colours a patch. */
export function paintedDiff(text: string, colours: Colours): string {
  return text.replace(/^.+$/gm, (line) => {
    if (line.startsWith('+')) return colours.added(line);
    if (line.startsWith('-')) return colours.removed(line);
    if (line.startsWith('@@')) return colours.faint(line);
    return line.startsWith(' ')
      ? line.replace('(clashes)', (mark) => colours.severity('error', mark))
      : colours.strong(line);
  });
}

/** Markdown, with or without its marks: headings and what is bold. */
export function paintedMarkdown(text: string, colours: Colours): string {
  return text.replace(/^#+ .*$|\*\*.+?\*\*/gm, (marked) => colours.strong(marked));
}
