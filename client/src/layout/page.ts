/** The panel's page as text: one script, one style sheet, both from the extension, and a policy that lets nothing else in. */
import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The only folder of the machine that the page may read from. */
export function pageRoot(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist', 'panel');
}

export function pageHtml(webview: Webview, extension: Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(pageRoot(extension), name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('panel.css')}">
<title>Overlint layout</title>
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>
`;
}
