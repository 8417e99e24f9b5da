/** Fixes as the protocol's code actions: those of each finding at the cursor, and one for all safe ones. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { type TextEdit as ByteEdit, type Finding, type Fix, overlaps } from '../analysis/finding';
import { fromByteString, readable, type Span } from '../text/text';
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

/** The fixes of each finding at the cursor, the safe one before the unsafe ones. */
export function quickFixes(request: ActionRequest, places: Places): CodeAction[] {
  if (!wanted(CodeActionKind.QuickFix, request.only)) return [];
  const actions: CodeAction[] = [];
  for (const finding of findingsAt(request)) {
    const diagnostics = diagnosticsOf(finding, request);
    const preferred = finding.fixes.find((fix) => fix.safe);
    for (const fix of [...finding.fixes].sort((a, b) => Number(b.safe) - Number(a.safe)))
      actions.push({
        title: titleOf(fix),
        kind: CodeActionKind.QuickFix,
        diagnostics,
        isPreferred: fix === preferred || undefined,
        edit: workspaceEdit(fix.edits, places, request.versioned),
      });
  }
  return actions;
}

/** For each rule at the cursor that more than one safe fix in the document is for: all of them at once. */
export function fixRule(request: ActionRequest, places: Places): CodeAction[] {
  const { document, findings, only, versioned } = request;
  if (!wanted(CodeActionKind.QuickFix, only)) return [];
  const rules = new Set(findingsAt(request).map(({ rule }) => rule));
  return [...rules].flatMap((rule): CodeAction[] => {
    const own = findings.filter((finding) => finding.rule === rule && finding.fixes.some(({ safe }) => safe));
    if (own.length < 2) return [];
    const edit = workspaceEdit(safeEdits(document, own), places, versioned);
    return [{ title: `Fix all ${own.length} of ${rule} in this file`, kind: CodeActionKind.QuickFix, edit }];
  });
}

/** One action for all safe fixes in the document, if there are any. */
export function fixAll(
  { document, findings, only, automatic, versioned }: ActionRequest,
  places: Places,
): CodeAction[] {
  if (!wanted(FIX_ALL, only) || (!only && automatic)) return [];
  const edits = safeEdits(document, findings);
  if (!edits.length) return [];
  const edit = workspaceEdit(edits, places, versioned);
  return [{ title: 'Fix all safe Overlint problems in this file', kind: FIX_ALL, edit }];
}

/** The findings of the document that the request's span touches. */
export function findingsAt({ document, findings, span }: ActionRequest): readonly Finding[] {
  return findings.filter(({ path, start, end }) => path === document.path && start <= span.end && end >= span.start);
}

/** What the client shows of a finding; undefined for none. */
export function diagnosticsOf(finding: Finding, { document, shown }: ActionRequest): Diagnostic[] | undefined {
  const start = document.positions.positionAt(finding.start);
  const diagnostics = shown.filter(
    ({ code, range }) =>
      code === finding.rule && range.start.line === start.line && range.start.character === start.character,
  );
  return diagnostics.length ? diagnostics : undefined;
}

function titleOf(fix: Fix): string {
  const title = readable(fix.title);
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
export function wanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}
