import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { CodeThemeRule } from './themeRules.ts';

const rule = z.object({
  scope: z.optional(z.union([z.string(), z.array(z.string())])),
  settings: z.object({ foreground: z.optional(z.string()), fontStyle: z.optional(z.string()) }),
});

const themeFile = z.object({
  include: z.optional(z.string()),
  colors: z.optional(z.record(z.string(), z.unknown())),
  tokenColors: z.optional(z.union([z.string(), z.array(z.unknown())])),
});

/** What a theme file says about code. */
export interface ThemeFile {
  readonly foreground?: string;
  readonly rules: readonly CodeThemeRule[];
}

/** A longer chain of includes must be a cycle. */
const maxIncludes = 8;

/** Reads a theme's JSON and its includes; absent if its colors have another format. Throws if a file can't be read. */
export async function readThemeFile(uri: vscode.Uri, depth = 0): Promise<ThemeFile | undefined> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const file = themeFile.safeParse(parse(text, [], { allowTrailingComma: true }));
  if (!file.success || typeof file.data.tokenColors === 'string' || depth > maxIncludes) {
    return undefined;
  }
  const { include, colors, tokenColors = [] } = file.data;
  const base =
    include === undefined
      ? undefined
      : await readThemeFile(vscode.Uri.joinPath(uri, '..', include), depth + 1);
  const own = colors?.['editor.foreground'];
  const foreground = typeof own === 'string' ? own : base?.foreground;
  return {
    ...(foreground !== undefined && { foreground }),
    rules: [...(base?.rules ?? []), ...readRules(tokenColors)],
  };
}

/** The valid rules among some values. */
export function readRules(values: readonly unknown[]): readonly CodeThemeRule[] {
  return values.flatMap((value) => {
    const { data } = rule.safeParse(value);
    if (!data) {
      return [];
    }
    const { foreground, fontStyle } = data.settings;
    const settings = {
      ...(foreground !== undefined && { foreground }),
      ...(fontStyle !== undefined && { fontStyle }),
    };
    return [{ ...(data.scope !== undefined && { scope: data.scope }), settings }];
  });
}
