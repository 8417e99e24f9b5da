/** Tells the server that hovers may hold pictures, and which kind of theme to draw them for. */
import { ColorThemeKind, type ExtensionContext, window, workspace } from 'vscode';
import type { ClientCapabilities, StaticFeature } from 'vscode-languageclient';
import { languageClient } from './connection';

const THEMES: Readonly<Record<ColorThemeKind, string>> = {
  [ColorThemeKind.Light]: 'light',
  [ColorThemeKind.Dark]: 'dark',
  [ColorThemeKind.HighContrast]: 'highContrast',
  [ColorThemeKind.HighContrastLight]: 'highContrastLight',
};

const theme = (): { theme: string } => ({ theme: THEMES[window.activeColorTheme.kind] });

/** A screen reader reads text; VS Code tells extensions of one by this setting alone. */
const isRead = (): boolean => workspace.getConfiguration('editor').get('accessibilitySupport') === 'on';

export const hoverPictures: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    if (isRead()) return;
    capabilities.experimental = { ...(capabilities.experimental as object), hoverPictures: theme() };
  },
  initialize(): void {},
  getState: () => ({ kind: 'static' }),
  clear(): void {},
};

export function activate(context: ExtensionContext): void {
  context.subscriptions.push(
    window.onDidChangeActiveColorTheme(() => {
      if (!isRead()) void languageClient()?.sendNotification('overlint/themeChanged', theme());
    }),
  );
}
