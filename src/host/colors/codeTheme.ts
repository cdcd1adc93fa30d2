import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { CodeTheme, CodeThemeRule } from './themeRules.ts';
import { customRules } from './customRules.ts';
import { readThemeFile } from './themeFile.ts';

const contribution = z.object({
  id: z.optional(z.string()),
  label: z.optional(z.string()),
  uiTheme: z.string(),
  path: z.string(),
});

/** A theme contributed by an extension. */
interface KnownTheme {
  readonly names: readonly string[];
  readonly uiTheme: string;
  readonly uri: vscode.Uri;
}

/** Theme kinds as extensions name them, and the setting for the preferred theme of each kind. */
const kinds = {
  [vscode.ColorThemeKind.Light]: { uiTheme: 'vs', preferred: 'preferredLightColorTheme' },
  [vscode.ColorThemeKind.Dark]: { uiTheme: 'vs-dark', preferred: 'preferredDarkColorTheme' },
  [vscode.ColorThemeKind.HighContrast]: {
    uiTheme: 'hc-black',
    preferred: 'preferredHighContrastColorTheme',
  },
  [vscode.ColorThemeKind.HighContrastLight]: {
    uiTheme: 'hc-light',
    preferred: 'preferredHighContrastLightColorTheme',
  },
} as const;

/** The extension with VS Code's own themes; its first of a kind replaces an unreadable theme. */
const builtInThemes = 'vscode.theme-defaults';

/**
 * The active theme's code colors. VS Code gives webviews only its own UI colors, so they come from the theme file.
 * Absent if no theme can be read, as in some remote windows.
 */
export async function readCodeTheme(): Promise<CodeTheme | undefined> {
  const { kind } = vscode.window.activeColorTheme;
  const { uiTheme } = kinds[kind];
  const names = namesToTry(kind);
  const themes = knownThemes().filter((theme) => theme.uiTheme === uiTheme);
  const active = names.flatMap((name) => themes.find((theme) => theme.names.includes(name)) ?? []);
  for (const theme of [...active, ...themes.filter(isBuiltIn)]) {
    const file = await readThemeFile(theme.uri).catch(() => undefined);
    if (file) {
      const rules: readonly CodeThemeRule[] = [...file.rules, ...customRules(theme.names)];
      return { type: isLight(kind) ? 'light' : 'dark', ...file, rules };
    }
  }
  return undefined;
}

/** Calls back when `readCodeTheme` may return something else. */
export function onCodeThemeChange(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveColorTheme(listener),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('editor.tokenColorCustomizations')) {
        listener();
      }
    }),
  );
}

/** The settings don't say which applies, but its theme is of the active kind. */
function namesToTry(kind: vscode.ColorThemeKind): readonly string[] {
  const workbench = vscode.workspace.getConfiguration('workbench');
  const follows = vscode.workspace.getConfiguration('window').get<boolean>('autoDetectColorScheme') === true;
  const chosen = [workbench.get<unknown>('colorTheme'), workbench.get<unknown>(kinds[kind].preferred)];
  const names = (follows ? chosen.toReversed() : chosen).filter((name) => typeof name === 'string');
  return names.flatMap((name) => [name, name.replace(formerPrefix, '')]);
}

/** VS Code's own themes had it in their ids ("Default Dark Modern"); a setting with such a name still holds. */
const formerPrefix = /^Default (?=(Dark|Light)(\+| Modern)$)/;

function knownThemes(): readonly (KnownTheme & { readonly extension: string })[] {
  return vscode.extensions.all.flatMap(({ id, extensionUri, packageJSON }) => {
    const { data = { contributes: { themes: [] } } } = manifest.safeParse(packageJSON);
    return data.contributes.themes.flatMap((each) => {
      const theme = contribution.safeParse(each).data;
      return theme
        ? [
            {
              extension: id,
              names: [theme.id, theme.label].filter((name) => name !== undefined),
              uiTheme: theme.uiTheme,
              uri: vscode.Uri.joinPath(extensionUri, theme.path),
            },
          ]
        : [];
    });
  });
}

const manifest = z.object({ contributes: z.object({ themes: z.array(z.unknown()) }) });

function isBuiltIn({ extension }: { readonly extension: string }): boolean {
  return extension === builtInThemes;
}

function isLight(kind: vscode.ColorThemeKind): boolean {
  return kind === vscode.ColorThemeKind.Light || kind === vscode.ColorThemeKind.HighContrastLight;
}
