/** Hovers: what stands at a place, with its bytes, who shares them, and the picture. */
import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { literal } from '../drawing/markdown';
import { PANEL_MARK } from '../queries/describe';
import { readable } from '../text/text';
import { markupFor, type ThemeParams } from './client';
import type { DocumentFeature, FeatureContext } from './document-feature';

export const hover: DocumentFeature = {
  capabilities: { hoverProvider: true },
  listen(context) {
    const { connection, client } = context;
    connection.onHover((params) => answer(context, params));
    connection.onNotification('overlint/themeChanged', (params: ThemeParams) => client.setTheme(params ?? {}));
  },
};

async function answer(context: FeatureContext, { textDocument, position }: HoverParams): Promise<Hover | null> {
  const { checks, client, layouts, places, otherTargets } = context;
  const document = await context.current(textDocument.uri);
  const kind = markupFor(client.capabilities.textDocument?.hover?.contentFormat);
  const theme = kind === MarkupKind.Markdown ? client.theme : undefined;
  const description = document && checks.describe(document, document.positions.offsetAt(position), theme);
  if (!description) return null;
  // Where a client that opens the panel has the link to it; to others the mark says nothing.
  const { markdown, about, footer } = description;
  const own = client.knows('overlint.showLayout') ? markdown : markdown.replace(`\n\n${PANEL_MARK}`, '');
  const shared = about?.shared;
  const others = about && !shared ? layouts.elsewhere(about) : [];
  const elsewhere = shared ? await otherTargets.line(document.path, shared) : '';
  const below = [elsewhere, others.length > 0 ? `Otherwise on ${others.map(literal).join('; ')}.` : '', footer ?? ''];
  const shown = [own, ...below].filter((part) => part !== '').join('\n\n');
  const value = kind === MarkupKind.Markdown ? places.linked({ ...description, markdown: shown }) : readable(shown);
  return { contents: { kind, value }, range: document.positions.rangeOf(description) };
}
