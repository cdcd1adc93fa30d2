/** One theme rule: how text of some TextMate scopes looks. */
export interface CodeThemeRule {
  readonly scope?: string | readonly string[];
  readonly settings: { readonly foreground?: string; readonly fontStyle?: string };
}

/** How the editor colors code: its theme's rules, then the user's. */
export interface CodeTheme {
  readonly type: 'light' | 'dark';
  /** The color of text without a rule. */
  readonly foreground?: string;
  readonly rules: readonly CodeThemeRule[];
}
