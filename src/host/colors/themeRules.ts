/** One rule of a color theme: how the text of some TextMate scopes looks. */
export interface CodeThemeRule {
  readonly scope?: string | readonly string[];
  readonly settings: { readonly foreground?: string; readonly fontStyle?: string };
}

/** How the editor colors code: its theme's rules, with the user's own changes after them. */
export interface CodeTheme {
  readonly type: 'light' | 'dark';
  /** The color of text that no rule names. */
  readonly foreground?: string;
  readonly rules: readonly CodeThemeRule[];
}
