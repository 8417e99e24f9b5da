/** The extension's entry: starts each feature, in an order in which each finds what it builds on. */
import type { ExtensionContext } from 'vscode';
import * as checkWorkspace from './check-workspace';
import * as explain from './explain';
import * as hoverPictures from './hover-pictures';
import * as inlayHints from './inlay-hints';
import * as layoutPanel from './layout-panel';
import * as output from './output';
import * as restart from './restart';
import * as selectTarget from './select-target';
import * as server from './server';
import { stop } from './server';
import * as status from './status';
import * as uses from './uses';
import * as walkthrough from './walkthrough';

const features = [
  output,
  server,
  restart,
  explain,
  hoverPictures,
  inlayHints,
  uses,
  checkWorkspace,
  layoutPanel,
  selectTarget,
  status,
  walkthrough,
];

export async function activate(context: ExtensionContext): Promise<void> {
  for (const feature of features) await feature.activate(context);
}

export async function deactivate(): Promise<void> {
  await stop();
}
