/** Hovers: keeps their diagrams in one piece, and adds the way to the layout panel. */
import { type Hover, MarkdownString, type Position, type TextDocument } from 'vscode';
import type { HoverMiddleware } from 'vscode-languageclient';

/** What stands between the fences. */
const BLOCK = /(?<=^```overlint-layout\n)[\s\S]*?(?=^```$)/gm;

/** Where the link to the panel stands, right below the picture: the panel has what was left out of it. */
const PANEL_MARK = '\n\n\u22ee';

const NO_BREAK_SPACE = '\u00a0';
const WORD_JOINER = '\u2060';

/** The record at a place, and maybe its member. */
type RecordAt = (document: TextDocument, position: Position) => Promise<{ record: string; member?: string } | null>;

/**
 * VS Code wraps the code blocks in a hover at blanks, and at these marks by the rules of Unicode (UAX #14), which no
 * markup can turn off: the hover is to widen with the diagram instead.
 */
function unbreakable(block: string): string {
  return block.replaceAll(' ', NO_BREAK_SPACE).replace(/[…–\-/?!|}](?=\S)/g, `$&${WORD_JOINER}`);
}

/** The link that opens the panel. Only this text of ours may run a command, and only this one; what the server says may not. */
function linkTo(...args: readonly [uri: string, record: string, member?: string]): MarkdownString {
  const command = `command:overlint.showLayout?${encodeURIComponent(JSON.stringify(args))}`;
  const link = new MarkdownString(`[\u22ee Show layout of ${args[1]}](${command} "Opens the layout panel")`);
  link.isTrusted = { enabledCommands: ['overlint.showLayout'] };
  return link;
}

export function hoverMiddleware(recordAt: RecordAt): HoverMiddleware {
  return {
    async provideHover(document, position, token, next) {
      const hover: Hover | null | undefined = await next(document, position, token);
      if (!hover) return hover;
      for (const content of hover.contents) {
        if (typeof content === 'object') content.value = content.value.replace(BLOCK, unbreakable);
      }
      // A hover without a link is still a hover.
      const named = token.isCancellationRequested ? null : await recordAt(document, position).catch(() => null);
      const { record, member } = named ?? {};
      const args = record === undefined ? undefined : ([document.uri.toString(), record, member] as const);
      return { ...hover, contents: withLink(hover.contents, args && linkTo(...args)) };
    },
  };
}

/** The link below the picture, or at the end where there is none. */
function withLink(contents: Hover['contents'], link: MarkdownString | undefined): Hover['contents'] {
  let isPlaced = link === undefined;
  const parts = contents.flatMap((content) => {
    const value = typeof content === 'object' ? content.value : content;
    const [before, after] = value.split(PANEL_MARK, 2);
    if (after === undefined) return [content];
    const rest = after.trim() === '' ? [] : [new MarkdownString(after.trimStart())];
    const middle = isPlaced || !link ? [] : [link];
    isPlaced = true;
    return [new MarkdownString(before), ...middle, ...rest];
  });
  return isPlaced || !link ? parts : [...parts, link];
}
