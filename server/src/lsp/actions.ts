/** Fixes as the protocol's code actions: one for each finding at the cursor, and one for all safe ones. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { type TextEdit as ByteEdit, type Finding, type Fix, overlaps } from '../rules/finding';
import { fromByteString, type Span } from '../syntax/text';
import type { OpenDocument } from './documents';
import type { Places } from './places';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.overlint`;

export interface ActionRequest {
  readonly document: OpenDocument;
  readonly findings: readonly Finding[];
  /** Byte offsets that the user selected; empty for a cursor. */
  readonly span: Span;
  /** Kinds that the client asked for; all without it. */
  readonly only: readonly string[] | undefined;
  /** The editor asks by itself, to show that there is something at the cursor; fix-all is not at the cursor. */
  readonly automatic: boolean;
  /** What the client shows there, so that an action can say which of it goes away. */
  readonly shown: readonly Diagnostic[];
  /** Whether the client takes edits that name the version they were made for. */
  readonly versioned: boolean;
}

/** Quick fixes come first, the safe one of each finding before the unsafe ones; fix-all comes last. */
export function codeActions(request: ActionRequest, places: Places): CodeAction[] {
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix, request.only)) actions.push(...quickFixes(request, places));
  if (wanted(FIX_ALL, request.only) && (request.only || !request.automatic)) {
    const edits = safeEdits(request.document, request.findings);
    if (edits.length)
      actions.push({
        title: 'Fix all safe Overlint problems in this file',
        kind: FIX_ALL,
        edit: workspaceEdit(edits, places, request.versioned),
      });
  }
  return actions;
}

function quickFixes(request: ActionRequest, places: Places): CodeAction[] {
  const { document, span } = request;
  const actions: CodeAction[] = [];
  for (const finding of request.findings) {
    if (finding.path !== document.path || finding.start > span.end || finding.end < span.start) continue;
    const start = document.positions.positionAt(finding.start);
    const diagnostics = request.shown.filter(
      ({ code, range }) =>
        code === finding.rule && range.start.line === start.line && range.start.character === start.character,
    );
    const preferred = finding.fixes.find((fix) => fix.safe);
    for (const fix of [...finding.fixes].sort((a, b) => Number(b.safe) - Number(a.safe)))
      actions.push({
        title: titleOf(fix),
        kind: CodeActionKind.QuickFix,
        diagnostics: diagnostics.length ? diagnostics : undefined,
        isPreferred: fix === preferred || undefined,
        edit: workspaceEdit(fix.edits, places, request.versioned),
      });
  }
  return actions;
}

function titleOf(fix: Fix): string {
  const title = fromByteString(fix.title);
  return fix.safe ? title : `${title} (unsafe)`;
}

/**
 * The edits of all safe fixes in a document that do not touch one another; what is left out is found again afterwards.
 * Hints are not fixed by the way: they speak of an accessor that this tree does not have yet.
 */
function safeEdits(document: OpenDocument, findings: readonly Finding[]): ByteEdit[] {
  const taken: ByteEdit[] = [];
  for (const finding of findings) {
    const fix = finding.severity === 'hint' ? undefined : finding.fixes.find((candidate) => candidate.safe);
    if (!fix?.edits.every((edit) => edit.path === document.path)) continue;
    if (fix.edits.some((edit) => taken.some((other) => overlaps(edit, other) || edit.start === other.start))) continue;
    taken.push(...fix.edits);
  }
  return taken;
}

function workspaceEdit(edits: readonly ByteEdit[], places: Places, versioned: boolean): WorkspaceEdit {
  const byPath = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const range = places.positionsOf(edit.path)?.rangeOf(edit);
    if (!range) continue;
    const sameFile = byPath.get(edit.path) ?? [];
    byPath.set(edit.path, [...sameFile, { range, newText: fromByteString(edit.text) }]);
  }
  if (!versioned) return { changes: Object.fromEntries([...byPath].map(([path, list]) => [places.uriOf(path), list])) };
  const documentChanges = [...byPath].map(
    ([path, list]): TextDocumentEdit => ({
      textDocument: { uri: places.uriOf(path), version: places.versionOf(path) },
      edits: list,
    }),
  );
  return { documentChanges };
}

/** Kinds are a hierarchy: who asks for `source` or `source.fixAll` means `source.fixAll.overlint`, too. */
function wanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}
