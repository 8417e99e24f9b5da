/** The documents that the editor holds open: their text as byte strings, kept up to date change by change. */
import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';
import type { BufferTexts } from '../files/buffers';
import { type SourceText, toByteString } from '../text/text';
import { Positions } from './positions';
import { pathOf } from './uri';

let states = 0;

/** One state of an open document. A change makes a new one, so that what was computed from it can't go stale unseen. */
export class OpenDocument implements SourceText {
  private lines: Positions | undefined;
  /** Unlike that of any other state of any document; the editor's version starts anew on each opening. */
  readonly serial = ++states;

  constructor(
    readonly uri: string,
    readonly path: string,
    /** The editor's name for the language; VS Code takes headers for `cpp`. */
    readonly language: string,
    /** The editor's number for this state; grows with each change. */
    readonly version: number,
    /** Byte string: one character a byte. */
    readonly text: string,
  ) {}

  get positions(): Positions {
    return (this.lines ??= new Positions(this.text));
  }

  /** The document after these changes, each of which speaks of the text that the one before it left. */
  changed(changes: readonly TextDocumentContentChangeEvent[], version: number): OpenDocument {
    let text = this.text;
    let positions: Positions | undefined = this.positions;
    for (const change of changes) {
      const inserted = toByteString(change.text);
      if ('range' in change && change.range) {
        const { start, end } = (positions ?? new Positions(text)).spanOf(change.range);
        text = text.slice(0, start) + inserted + text.slice(end);
      } else text = inserted;
      positions = undefined;
    }
    return new OpenDocument(this.uri, this.path, this.language, version, text);
  }
}

export class OpenDocuments {
  private readonly byUri = new Map<string, OpenDocument>();
  private readonly uriByPath = new Map<string, string>();

  /** Keeps the document; undefined where it is no file of this machine, or has no text. */
  open(item: TextDocumentItem): OpenDocument | undefined {
    const path = pathOf(item.uri);
    if (path === undefined || typeof item.text !== 'string') return undefined;
    const document = new OpenDocument(item.uri, path, item.languageId, item.version, toByteString(item.text));
    this.byUri.set(item.uri, document);
    this.uriByPath.set(path, item.uri);
    return document;
  }

  /** The document after the changes; undefined where it was never opened. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | undefined {
    const document = this.byUri.get(uri)?.changed(changes, version);
    if (document) this.byUri.set(uri, document);
    return document;
  }

  close(uri: string): OpenDocument | undefined {
    const document = this.byUri.get(uri);
    if (!document) return undefined;
    this.byUri.delete(uri);
    if (this.uriByPath.get(document.path) === uri) this.uriByPath.delete(document.path);
    return document;
  }

  get(uri: string): OpenDocument | undefined {
    return this.byUri.get(uri);
  }

  atPath(path: string): OpenDocument | undefined {
    const uri = this.uriByPath.get(path);
    return uri === undefined ? undefined : this.byUri.get(uri);
  }

  all(): OpenDocument[] {
    return [...this.byUri.values()];
  }

  /** The documents' texts by their paths: the buffers over the disk. */
  readonly texts: BufferTexts = {
    has: (path) => this.uriByPath.has(path),
    get: (path) => this.atPath(path)?.text,
  };
}
