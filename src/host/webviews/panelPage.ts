/** The URIs and nonce of a page. */
export interface PanelPageParts {
  /** VS Code's `webview.cspSource`: where the panel's files come from. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** The script draws the chat where this is absent. */
  readonly page?: 'comparison' | undefined;
  /** Absent in English. */
  readonly translation?: PanelTranslation | undefined;
}

/** The panel's translated strings, by their English. */
export interface PanelTranslation {
  /** A language tag, such as `de`. */
  readonly language: string;
  readonly words: Readonly<Record<string, string>>;
}

/** The panel's Content Security Policy: only its own script, style, and font. */
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
<html lang="${parts.translation?.language ?? 'en'}">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${panelPolicy(parts)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <link rel="stylesheet" href="${parts.styleUri}" />
    <title>Switchboard</title>
  </head>
  <body>
    <div id="root"${parts.page ? ` data-page="${parts.page}"` : ''}></div>${wordsBlock(parts.translation)}
    <script type="module" nonce="${parts.nonce}" src="${parts.scriptUri}"></script>
  </body>
</html>`;
}

/** A data block, which needs no policy: nothing runs it. The page has it before its script renders. */
function wordsBlock(translation: PanelTranslation | undefined): string {
  if (!translation) {
    return '';
  }
  // The HTML parser must not see a tag in it.
  const json = JSON.stringify(translation.words).replaceAll('<', '\\u003c');
  return `
    <script type="application/json" id="l10n">${json}</script>`;
}
