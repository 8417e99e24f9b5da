/** What a feature of the server is that answers about one document, and what it is given. */
import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Checks } from './checks';
import type { Client } from './client';
import type { OpenDocument } from './documents';
import type { LayoutRequests } from './layout-requests';
import type { OtherTargets } from './other-targets';
import type { Places } from './places';

export interface FeatureContext {
  readonly connection: Connection;
  readonly client: Client;
  readonly checks: Checks;
  readonly places: Places;
  readonly layouts: LayoutRequests;
  readonly otherTargets: OtherTargets;
  /** The newest state of a document, once the settings to read it under are known; undefined where it is not open. */
  current(uri: string): Promise<OpenDocument | undefined>;
}

export interface DocumentFeature {
  /** What the server says of it on initialize. */
  readonly capabilities: ServerCapabilities;
  /** Answers from now on. */
  listen(context: FeatureContext): void;
}
