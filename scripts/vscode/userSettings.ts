import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { applyEdits, modify, parse } from 'jsonc-parser';
import * as z from 'zod/mini';

/** Settings by their full names. */
export type SettingsByName = Readonly<Record<string, unknown>>;

const record = z.record(z.string(), z.unknown());

/**
 * Prepares a settings file for a start: what is `managed` is set, what is a default is added only where the user has
 * decided nothing, and all else stays as it is, comments too.
 */
export async function prepareSettings(
  file: string,
  { defaults, managed }: { readonly defaults: SettingsByName; readonly managed: SettingsByName },
): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => '{}\n');
  const present = record.safeParse(parse(before, [], { allowTrailingComma: true }));
  const decided = present.success ? present.data : {};
  const missing = Object.entries(defaults).filter(([name]) => !(name in decided));
  const changes = [...missing, ...Object.entries(managed).filter(([name, value]) => decided[name] !== value)];
  let text = present.success ? before : '{}\n';
  for (const [name, value] of changes) {
    text = applyEdits(
      text,
      modify(text, [name], value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }),
    );
  }
  if (text !== before || changes.length > 0) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
