/** The addresses and the one-time number that the panel's page is built from. */
export interface PanelPageParts {
  /** The `webview.cspSource` of VS Code: where the panel's own files come from. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** The panel's Content Security Policy: nothing is allowed but its own script, style and font. */
export function panelPolicy({ cspSource, nonce }: Pick<PanelPageParts, 'cspSource' | 'nonce'>): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** The empty page that the panel's script fills. All parts are our own values; no user text reaches it. */
export function panelPage(parts: PanelPageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${panelPolicy(parts)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <link rel="stylesheet" href="${parts.styleUri}" />
    <title>Switchboard</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" nonce="${parts.nonce}" src="${parts.scriptUri}"></script>
  </body>
</html>`;
}
