/** Document symbols: the records that a file defines, with their sizes, and in each its members with their places. */
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { FileAnalysis } from '../analysis/analysis';
import { figures, outline, recordAt } from '../queries/outline';
import { readable } from '../text/text';
import type { Member } from '../types/model';
import { declare } from '../types/typename';
import type { DocumentFeature } from './document-feature';
import type { Positions } from './positions';

export const symbols: DocumentFeature = {
  capabilities: { documentSymbolProvider: { label: 'Overlint' } },
  listen({ connection, checks, current }) {
    connection.onDocumentSymbol(async ({ textDocument }) => {
      const document = await current(textDocument.uri);
      return document && (checks.inspect(document, (file) => symbolsOf(file, document.positions)) ?? []);
    });
  },
};

function symbolsOf(file: FileAnalysis, positions: Positions): DocumentSymbol[] {
  return outline(file).flatMap((outlined) => {
    const record = recordAt(file, outlined);
    if (!record?.place) return [];
    return {
      name: `${outlined.kind} ${readable(outlined.tag)}`,
      detail: figures(file, outlined).text,
      kind: SymbolKind.Struct,
      range: positions.rangeOf(record.place),
      selectionRange: positions.rangeOf(outlined),
      children: membersOf(record.members ?? [], file.main.path, positions),
    };
  });
}

/** The members that are spelled in this file; those of anonymous records count as their parent's. */
function membersOf(members: readonly Member[], path: string, positions: Positions): DocumentSymbol[] {
  return members.flatMap(({ name, type, place }) => {
    if (name === undefined) return type.kind === 'record' ? membersOf(type.record.members ?? [], path, positions) : [];
    if (place?.path !== path) return [];
    const range = positions.rangeOf(place);
    const detail = readable(declare(type, ''));
    return { name: readable(name), detail, kind: SymbolKind.Field, range, selectionRange: range };
  });
}
