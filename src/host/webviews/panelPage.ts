/** The addresses and the one-time number that the panel's page is built from. */
export interface PanelPageParts {
  /** The `webview.cspSource` of VS Code: where the panel's own files come from. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** The script draws the chat where this is absent. */
  readonly page?: 'comparison' | undefined;
  /** Absent where the panel speaks English. */
  readonly translation?: PanelTranslation | undefined;
}

/** The words of the panel in another language, by the English ones. */
export interface PanelTranslation {
  /** A language tag, such as `de`. */
  readonly language: string;
  readonly words: Readonly<Record<string, string>>;
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

/** A block of data, which no policy needs to allow: nothing runs it. The page has it before its script draws. */
function wordsBlock(translation: PanelTranslation | undefined): string {
  if (!translation) {
    return '';
  }
  // The parser of HTML must not see a tag in it.
  const json = JSON.stringify(translation.words).replaceAll('<', '\\u003c');
  return `
    <script type="application/json" id="l10n">${json}</script>`;
}
