import * as vscode from 'vscode';
import type { CodeThemeRule } from './themeRules.ts';
import { readRules } from './themeFile.ts';

/** The short names in `editor.tokenColorCustomizations`. */
const groups: Readonly<Record<string, readonly string[]>> = {
  comments: ['comment', 'punctuation.definition.comment'],
  strings: ['string', 'meta.embedded.assembly'],
  keywords: ['keyword - keyword.operator', 'keyword.control', 'storage', 'storage.type'],
  numbers: ['constant.numeric'],
  types: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class'],
  functions: ['entity.name.function', 'support.function'],
  variables: ['variable', 'entity.name.variable'],
};

/** The user's rules from `editor.tokenColorCustomizations`, including those for themes with these names. */
export function customRules(themeNames: readonly string[]): readonly CodeThemeRule[] {
  const all: unknown = vscode.workspace.getConfiguration('editor').get('tokenColorCustomizations');
  const general = fieldsOf(all);
  const special = Object.entries(general).filter(([name]) =>
    themeNames.some((theme) => name.includes(`[${theme}]`)),
  );
  return [general, ...special.map(([, value]) => fieldsOf(value))].flatMap(rulesIn);
}

function rulesIn(customizations: Readonly<Record<string, unknown>>): readonly CodeThemeRule[] {
  const grouped = Object.entries(groups).map(([name, scope]) => {
    const value = customizations[name];
    return { scope, settings: typeof value === 'string' ? { foreground: value } : value };
  });
  const listed = customizations['textMateRules'];
  const rules: readonly unknown[] = Array.isArray(listed) ? listed : [];
  return readRules([...grouped, ...rules]);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
