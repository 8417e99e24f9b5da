/** Tells the client what was found, file by file, whichever open document it was found from. */
import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../analysis/finding';
import { identityOf, toDiagnostic } from './diagnostics';
import type { OpenDocument, OpenDocuments } from './documents';
import type { Places } from './places';

interface PublisherOptions {
  /** The client asks for each open document's diagnostics; only what it does not ask for is sent. */
  readonly pull: boolean;
  readonly relatedInformation: boolean;
}

export class Publisher {
  private options: PublisherOptions = { pull: false, relatedInformation: false };
  /** By the document that was checked, then by the file where something was found. */
  private readonly found = new Map<string, ReadonlyMap<string, readonly Finding[]>>();
  /** By file, what a check of whole trees found there; of open files, what their own checks find counts. */
  private workspace: Map<string, ReadonlyMap<string, Diagnostic>> | undefined;
  /** Files for which the client holds diagnostics that were sent to it. */
  private readonly sent = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly documents: OpenDocuments,
    private readonly places: Places,
  ) {}

  configure(options: PublisherOptions): void {
    this.options = options;
  }

  /** Takes what a document's check found, in it and in headers that it uses, and sends what is new for the client. */
  set(document: OpenDocument, findings: readonly Finding[]): void {
    const byPath = groupedByPath(findings);
    const before = this.found.get(document.uri);
    this.found.set(document.uri, byPath);
    this.send(document.path, document);
    for (const path of new Set([...byPath.keys(), ...(before?.keys() ?? [])]))
      if (path !== document.path) this.send(path);
  }

  /**
   * The document was closed: what was said from it is taken back, or stays where whole trees are checked and the disk
   * has the same text.
   */
  clear(document: OpenDocument): void {
    const before = this.found.get(document.uri);
    this.found.delete(document.uri);
    if (this.workspace) {
      this.places.forget(document.path);
      const own = this.places.isOnDisk(document.path, document.text) ? before?.get(document.path) : undefined;
      this.workspace.set(document.path, this.identified((own ?? []).filter(isForLists)));
    }
    for (const path of new Set([document.path, ...(before?.keys() ?? [])]))
      this.send(path, path === document.path ? document : undefined);
  }

  /** Takes what a check of whole trees found; undefined where nobody wants to know any more. */
  setWorkspace(findings: readonly Finding[] | undefined): void {
    const before = [...(this.workspace?.keys() ?? [])];
    const byPath = groupedByPath(findings ?? []);
    for (const path of byPath.keys()) this.places.forget(path);
    this.workspace = findings && new Map([...byPath].map(([path, own]) => [path, this.identified(own)]));
    for (const path of new Set([...byPath.keys(), ...before])) if (!this.documents.atPath(path)) this.send(path);
  }

  private identified(findings: readonly Finding[]): ReadonlyMap<string, Diagnostic> {
    return new Map(
      findings.flatMap((finding) => {
        const positions = this.places.positionsOf(finding.path);
        return positions ? [[identityOf(finding), this.toDiagnostic(finding, positions)] as const] : [];
      }),
    );
  }

  diagnosticsOf(document: OpenDocument, findings: readonly Finding[]): Diagnostic[] {
    return findings
      .filter((finding) => finding.path === document.path)
      .map((finding) => this.toDiagnostic(finding, document.positions));
  }

  toDiagnostic(finding: Finding, positions: OpenDocument['positions']): Diagnostic {
    return toDiagnostic(finding, positions, this.places, this.options.relatedInformation);
  }

  /**
   * Sends all that is known about one file.
   * @param asked The document of this file that was checked or closed: the client waits for a message about it even if
   * there is nothing to say.
   */
  private send(path: string, asked?: OpenDocument): void {
    const document = asked ?? this.documents.atPath(path);
    const findings = new Map<string, Finding>();
    for (const byPath of this.found.values())
      for (const finding of byPath.get(path) ?? []) findings.set(identityOf(finding), finding);
    // A client that pulls has the document's own findings already; what other files found in it, it can't ask for.
    const own = this.options.pull && document ? this.found.get(document.uri)?.get(path) : undefined;
    for (const finding of own ?? []) findings.delete(identityOf(finding));
    const behind = new Map(this.documents.atPath(path) ? [] : this.workspace?.get(path));
    for (const identity of findings.keys()) behind.delete(identity);
    if (!findings.size && !behind.size && !this.sent.has(path) && (this.options.pull || !asked)) return;
    const positions = document?.positions ?? this.places.positionsOf(path);
    const sorted = [...findings.values()].sort((a, b) => a.start - b.start);
    const diagnostics = positions ? sorted.map((finding) => this.toDiagnostic(finding, positions)) : [];
    diagnostics.push(...behind.values());
    if (diagnostics.length) this.sent.add(path);
    else this.sent.delete(path);
    const uri = document?.uri ?? this.places.uriOf(path);
    void this.connection.sendDiagnostics({ uri, version: document?.version, diagnostics });
  }
}

/** Marks of what newer kernels have are for the text that is looked at, not for a list of files. */
export function isForLists({ severity }: Finding): boolean {
  return severity !== 'hint';
}

function groupedByPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = byPath.get(finding.path);
    if (group) group.push(finding);
    else byPath.set(finding.path, [finding]);
  }
  return byPath;
}
