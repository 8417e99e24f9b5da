/** Tells the server which commands it may name in lenses and actions, since this client runs them. */
import type { ClientCapabilities, StaticFeature } from 'vscode-languageclient';

const COMMANDS = ['overlint.showLayout', 'overlint.findUses', 'overlint.explainRule'];

export const offeredCommands: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { ...(capabilities.experimental as object), commands: { commands: COMMANDS } };
  },
  initialize(): void {},
  getState: () => ({ kind: 'static' }),
  clear(): void {},
};
