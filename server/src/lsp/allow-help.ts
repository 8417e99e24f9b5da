/** Help with rules' names: completion and links in allow comments, what else to do at a finding, and the list of rules. */
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  type DocumentLink,
  InsertTextFormat,
} from 'vscode-languageserver';
import { allowsOf } from '../analysis/allow';
import type { Finding } from '../analysis/finding';
import { allowComment, type NameBeingWritten, nameInAllow } from '../queries/allow-comment';
import { rules } from '../rules/index';
import { unusedAllow } from '../rules/unused-allow';
import { fromByteString } from '../text/text';
import { type ActionRequest, diagnosticsOf, findingsAt, wanted } from './actions';
import type { Checks } from './checks';
import { type Client, markupFor } from './client';
import { pageOf } from './diagnostics';
import type { OpenDocument } from './documents';

/** A command of the client's, with the rule's page (a URI) as its argument. */
const EXPLAIN = 'overlint.explainRule';

/** Findings so many lines below a comment are taken for what it is about. */
const NEAR = 3;

/** Speaks of allow comments itself, and no comment allows it. */
const UNUSED = unusedAllow.id;

/** A rule, in a list for the user to choose from. */
export interface ListedRule {
  readonly id: string;
  readonly summary: string;
  /** The page's URI; absent where the pages are not installed. */
  readonly page?: string;
}

export class AllowHelp {
  constructor(
    private readonly connection: Connection,
    private readonly client: Client,
    private readonly checks: Checks,
    /** The newest state of an open document, once the settings are known. */
    private readonly current: (uri: string) => Promise<OpenDocument | undefined>,
  ) {}

  listen(): void {
    const { connection } = this;
    connection.onCompletion(async ({ textDocument, position }) => {
      const document = await this.current(textDocument.uri);
      return document ? this.completions(document, document.positions.offsetAt(position)) : [];
    });
    connection.onCompletionResolve((item) => this.resolve(item));
    connection.onDocumentLinks(async ({ textDocument }) => {
      const document = await this.current(textDocument.uri);
      return document ? this.links(document) : [];
    });
    connection.onRequest('overlint/rules', () => ({ rules: listed() }));
  }

  /** What can be done at the findings under the cursor beside fixing them: allow with a reason, read about the rule. */
  actions(request: ActionRequest): CodeAction[] {
    if (!wanted(CodeActionKind.QuickFix, request.only)) return [];
    const here = findingsAt(request);
    const actions = here.flatMap((finding) => this.allow(request, finding));
    const rulesHere = new Set(here.map(({ rule }) => rule));
    for (const rule of this.client.knows(EXPLAIN) ? rulesHere : []) {
      const page = pageOf(rule);
      const title = `Explain ${rule}`;
      if (page === undefined) continue;
      actions.push({ title, kind: CodeActionKind.QuickFix, command: { title, command: EXPLAIN, arguments: [page] } });
    }
    return actions;
  }

  private allow(request: ActionRequest, finding: Finding): CodeAction[] {
    const { document } = request;
    if (finding.rule === UNUSED) return [];
    const comment = this.checks.inspect(document, (file) => allowComment(file.main, finding));
    if (!comment) return [];
    const at = document.positions.positionAt(comment.offset);
    const range = { start: at, end: at };
    const [before, after] = [fromByteString(comment.before), fromByteString(comment.after)];
    const action = {
      title: `Allow ${finding.rule} here, with a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(finding, request),
    };
    const { uri, version } = document;
    if (request.versioned && this.client.capabilities.workspace?.workspaceEdit?.snippetEditSupport) {
      const snippet = { kind: 'snippet' as const, value: `${escaped(before)}$0${escaped(after)}` };
      return [
        { ...action, edit: { documentChanges: [{ textDocument: { uri, version }, edits: [{ range, snippet }] }] } },
      ];
    }
    // Without a reason it allows nothing yet, and the server says so until there is one.
    const edits = [{ range, newText: `${before.trimEnd()}${after}` }];
    if (!request.versioned) return [{ ...action, edit: { changes: { [uri]: edits } } }];
    return [{ ...action, edit: { documentChanges: [{ textDocument: { uri, version }, edits }] } }];
  }

  private completions(document: OpenDocument, offset: number): CompletionItem[] {
    const name = nameInAllow(document.text, offset);
    if (!name) return [];
    const found = this.rulesNear(document, name);
    const knowsSnippets = this.client.capabilities.textDocument?.completion?.completionItem?.snippetSupport;
    const lacks = knowsSnippets ? name.lacks : undefined;
    const range = document.positions.rangeOf({ start: name.start, end: lacks?.end ?? name.end });
    return rules
      .filter(({ id }) => !name.others.includes(id) && id !== UNUSED)
      .map(({ id, summary }) => ({
        label: id,
        kind: CompletionItemKind.EnumMember,
        detail: summary,
        sortText: `${found.has(id) ? 0 : 1}${id}`,
        preselect: found.has(id) || undefined,
        ...(lacks && { insertTextFormat: InsertTextFormat.Snippet }),
        textEdit: { range, newText: lacks ? `${id}${lacks.before}$0${lacks.after}` : id },
      }));
  }

  /** What a rule says of itself is long, and shown of one at a time. */
  private resolve(item: CompletionItem): CompletionItem {
    const rule = rules.find(({ id }) => id === item.label);
    if (!rule) return item;
    const kind = markupFor(this.client.capabilities.textDocument?.completion?.completionItem?.documentationFormat);
    return { ...item, documentation: { kind, value: rule.doc.trim() } };
  }

  /** What is found on the comment's line and right below it. A comment that no one closed yet would hide that. */
  private rulesNear(document: OpenDocument, { end, lacks }: NameBeingWritten): ReadonlySet<string> {
    const { text, positions } = document;
    const closing = lacks ? lacks.before + lacks.after : '';
    const findings = lacks
      ? this.checks.findingsIf(document, text.slice(0, end) + closing + text.slice(lacks.end))
      : this.checks.findings(document);
    const moved = lacks ? end + closing.length - lacks.end : 0;
    const { line } = positions.positionAt(end);
    const near = findings.filter(({ path, start }) => {
      if (path !== document.path) return false;
      const below = positions.positionAt(start > end ? start - moved : start).line - line;
      return 0 <= below && below <= NEAR;
    });
    return new Set(near.map(({ rule }) => rule));
  }

  private links(document: OpenDocument): DocumentLink[] {
    if (!document.text.includes('overlint:')) return [];
    const allows = this.checks.inspect(document, (file) => allowsOf(file.main)) ?? [];
    return allows.flatMap(({ rules: names }) =>
      names.flatMap((name) => {
        const target = pageOf(name.name);
        const range = document.positions.rangeOf(name);
        return target ? [{ range, target, tooltip: `What ${name.name} is about` }] : [];
      }),
    );
  }
}

function listed(): ListedRule[] {
  return rules.map(({ id, summary }) => {
    const page = pageOf(id);
    return { id, summary, ...(page !== undefined && { page }) };
  });
}

/** What a snippet would take for its own marks. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
