/** Hovers: what stands at a place, with its bytes, who shares them, and the picture. */
import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { readable } from '../text/text';
import { markupFor } from './client';
import type { DocumentFeature, FeatureContext } from './document-feature';

export const hover: DocumentFeature = {
  capabilities: { hoverProvider: true },
  listen(context) {
    context.connection.onHover((params) => answer(context, params));
  },
};

async function answer(context: FeatureContext, { textDocument, position }: HoverParams): Promise<Hover | null> {
  const { checks, client, places } = context;
  const document = await context.current(textDocument.uri);
  const description = document && checks.describe(document, document.positions.offsetAt(position));
  if (!description) return null;
  const kind = markupFor(client.capabilities.textDocument?.hover?.contentFormat);
  const value = kind === MarkupKind.Markdown ? places.linked(description) : readable(description.markdown);
  return { contents: { kind, value }, range: document.positions.rangeOf(description) };
}
