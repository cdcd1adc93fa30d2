import { t } from '@vscode/l10n';
import { readGlob } from '../../core/context/globs.ts';
import { minMaxTokens, reasoningEfforts } from '../../core/model/requestValues.ts';
import { microDollarsFrom } from '../../core/money/money.ts';
import { arrayIn, objectIn } from '../../core/util/json.ts';
import { settingsSection, type SettingValues } from './contributions.ts';
import { isRequestHeader } from './requestHeaders.ts';

/** A setting's value as it is used, and what of the written one can't be. */
export interface SettingReading<Value> {
  readonly value: Value;
  readonly fault?: string;
}

type Rule<Value> = (setting: string, written: unknown, byDefault: Value) => SettingReading<Value>;

/** The settings whose requests aren't sent while they can't be read say so themselves. */
export type RuledSetting = Exclude<
  keyof SettingValues,
  'baseUrl' | 'routing' | 'modelRouting' | 'autoRouter' | 'requestFields'
>;

/** Those that only the user decides, whatever a workspace says: what is sent, and what it may cost. */
export const userSettings: ReadonlySet<RuledSetting> = new Set([
  'backgroundModel',
  'requestHeaders',
  'credit.refreshSeconds',
  'credit.warnBelow',
  'timeout.connectSeconds',
  'timeout.firstTokenSeconds',
  'timeout.silenceSeconds',
  'instructions',
  'attribution',
  'budget.perRequest',
  'budget.perDay',
  'context.exclude',
  'context.redactSecrets',
]);

type Rules = { readonly [Name in RuledSetting]: Rule<SettingValues[Name]> };

/** The platform itself waits no longer. */
const maxTimeoutSeconds = 300;

/** Until corrected: the default, or whatever else is safe. */
const rules: Rules = {
  model: text,
  backgroundModel: text,
  instructions: text,
  attribution: flag,
  maxTokens: (setting, written, byDefault) =>
    isAmount(written, minMaxTokens)
      ? { value: Math.floor(written) }
      : refused(byDefault, atLeast(setting, minMaxTokens), isUsed(byDefault)),
  fallbackModels: (setting, written) => list(setting, written, isFilled, [], hasNoEffect()),
  commandFallbackModels: (setting, written) =>
    record<readonly string[]>(
      setting,
      written,
      (_, value) => Array.isArray(value) && value.every((each) => isFilled(each)),
    ),
  commandModels: (setting, written) => record(setting, written, (_, value) => isFilled(value)),
  requestHeaders: (setting, written) => record(setting, written, isRequestHeader),
  reasoningEffort: oneOf(reasoningEfforts),
  temperature: upTo(2),
  sampling: oneOf(['default', 'precise', 'balanced', 'creative']),
  topP: upTo(1),
  contextCompression: oneOf(['default', 'on', 'off']),
  responseHealing: flag,
  webSearch: flag,
  responseCache: flag,
  'context.redactSecrets': flag,
  'timeout.connectSeconds': upTo(maxTimeoutSeconds, 1),
  'timeout.firstTokenSeconds': upTo(maxTimeoutSeconds, 1),
  'timeout.silenceSeconds': upTo(maxTimeoutSeconds, 1),
  'credit.refreshSeconds': amount,
  'credit.warnBelow': amount,
  'budget.perRequest': (setting, written) =>
    limit(
      setting,
      written,
      t('Until you correct it, Switchboard asks before every request that costs anything.'),
    ),
  'budget.perDay': (setting, written) =>
    limit(setting, written, t('Until you correct it, nothing that costs anything is sent.')),
  'context.exclude': (setting, written, byDefault) =>
    list(
      setting,
      written,
      (each) => typeof each === 'string' && readGlob(each) !== undefined,
      byDefault,
      t('Until you correct it, the default patterns apply.'),
    ),
};

/** Reads a setting; one that isn't set is its default. */
export function readSetting<Name extends RuledSetting>(
  name: Name,
  written: unknown,
  byDefault: SettingValues[Name],
): SettingReading<SettingValues[Name]> {
  const rule: Rule<SettingValues[Name]> = rules[name];
  return written === undefined
    ? { value: byDefault }
    : rule(`${settingsSection}.${name}`, written, byDefault);
}

/** The settings that have such a rule. */
export function ruledSettings(): readonly RuledSetting[] {
  return Object.keys(rules) as RuledSetting[];
}

function refused<Value>(value: Value, mustBe: string, meanwhile: string): SettingReading<Value> {
  return { value, fault: `${mustBe} ${meanwhile}` };
}

function isUsed(value: unknown): string {
  return t('Until you correct it, {0} is used.', JSON.stringify(value));
}

function hasNoEffect(): string {
  return t('Until you correct it, it has no effect.');
}

function oneOf(words: readonly string[]): Rule<string> {
  return (setting, written, byDefault) =>
    words.some((each) => each === written)
      ? { value: String(written) }
      : refused(byDefault, t('"{0}" must be one of {1}.', setting, words.join(', ')), isUsed(byDefault));
}

function upTo(most: number, least = 0): Rule<number | null> {
  return (setting, written) =>
    written === null || (isAmount(written, least) && written <= most)
      ? { value: written }
      : refused(
          null,
          t('"{0}" must be a number from {1} to {2}, or null.', setting, least, most),
          hasNoEffect(),
        );
}

function atLeast(setting: string, least: number): string {
  return t('"{0}" must be a number of at least {1}.', setting, least);
}

function isAmount(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= least;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** Nothing but spaces counts as not set. */
function text(setting: string, written: unknown, byDefault: string): SettingReading<string> {
  return typeof written === 'string'
    ? { value: written.trim() === '' ? byDefault : written.trim() }
    : refused(
        byDefault,
        t('"{0}" must be text.', setting),
        byDefault === '' ? hasNoEffect() : isUsed(byDefault),
      );
}

function flag(setting: string, written: unknown, byDefault: boolean): SettingReading<boolean> {
  return typeof written === 'boolean'
    ? { value: written }
    : refused(byDefault, t('"{0}" must be true or false.', setting), isUsed(byDefault));
}

function amount(setting: string, written: unknown, byDefault: number): SettingReading<number> {
  return isAmount(written, 0) && microDollarsFrom(written) !== undefined
    ? { value: written }
    : refused(byDefault, atLeast(setting, 0), isUsed(byDefault));
}

/** A limit that can't be read must not become none. */
function limit(setting: string, written: unknown, meanwhile: string): SettingReading<number | null> {
  return written === null || (isAmount(written, 0) && microDollarsFrom(written) !== undefined)
    ? { value: written }
    : refused(0, t('"{0}" must be a number of at least {1}, or null.', setting, 0), meanwhile);
}

function list(
  setting: string,
  written: unknown,
  isUsable: (entry: unknown) => boolean,
  ...[otherwise, meanwhile]: readonly [otherwise: readonly string[], meanwhile: string]
): SettingReading<readonly string[]> {
  if (!Array.isArray(written)) {
    return refused(otherwise, t('"{0}" must be a list of texts.', setting), meanwhile);
  }
  const entries = arrayIn(written);
  // An empty entry is one that is yet to be written.
  const isEmpty = (entry: unknown): boolean => typeof entry === 'string' && entry.trim() === '';
  const faulty = entries.flatMap((entry, at) => (isUsable(entry) || isEmpty(entry) ? [] : [String(at + 1)]));
  return { value: entries.filter(isUsable) as string[], ...entryFault(setting, faulty) };
}

function record<Value = string>(
  setting: string,
  written: unknown,
  isUsable: (name: string, value: unknown) => boolean,
): SettingReading<Readonly<Record<string, Value>>> {
  const object = objectIn(written);
  if (!object) {
    return refused({}, t('"{0}" must be an object.', setting), hasNoEffect());
  }
  const entries = Object.entries(object);
  const isGood = ([name, value]: readonly [string, unknown]): boolean => isUsable(name, value);
  const faulty = entries.filter((entry) => !isGood(entry)).map(([name]) => `"${name}"`);
  const value = Object.fromEntries(entries.filter(isGood)) as Record<string, Value>;
  return { value, ...entryFault(setting, faulty) };
}

function entryFault(setting: string, faulty: readonly string[]): { readonly fault?: string } {
  return faulty.length === 0
    ? {}
    : {
        fault: t(
          '"{0}" has entries that can\'t be used: {1}. Only the others apply.',
          setting,
          faulty.join(', '),
        ),
      };
}
