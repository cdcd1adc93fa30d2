import { isDeepStrictEqual } from 'node:util';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { costTiers, type AutoRouter } from '../../core/model/autoRouter.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { parseFields, samplings } from '../../core/model/requestFields.ts';
import { objectIn, parseJson, type JsonObject } from '../../core/util/json.ts';
import type { SettingValues } from '../platform/contributions.ts';
import type { Settings } from '../platform/settings.ts';

/** What configuring requests needs. */
export interface RequestParts {
  readonly settings: Settings;
  readonly catalog: Pick<ModelCatalog, 'nameOf'>;
}

interface Row extends vscode.QuickPickItem {
  /** Changes a setting; nothing if the user cancels. */
  readonly change: () => Promise<void>;
}

/** Sets without JSON files how a request is sampled, and what OpenRouter does with it. Each change applies at once. */
export async function configureRequests({ settings, catalog }: RequestParts, model: string): Promise<void> {
  for (;;) {
    const row = await vscode.window.showQuickPick(rowsFor(settings, model, catalog.nameOf(model)), {
      title: t('Configure Requests'),
      placeHolder: t('What is sent with each request besides the question. Changes apply at once.'),
    });
    if (!row) {
      return;
    }
    await row.change();
  }
}

function rowsFor(settings: Settings, model: string, name: string): readonly Row[] {
  const fields = JSON.stringify(fieldsOf(settings, model));
  const auto = autoOf(settings);
  const list = (words: readonly string[] | undefined): string => (words ?? []).join(', ');
  return [
    choiceRow(settings, 'sampling', `$(settings) ${t('Sampling')}`, samplings),
    {
      label: `$(json) ${t('Advanced fields for {0}', name)}`,
      description: fields === '{}' ? t('none') : fields,
      change: () => editFields(settings, model, name),
    },
    choiceRow(settings, 'contextCompression', `$(fold) ${t('Context compression')}`, [
      'default',
      'on',
      'off',
    ]),
    {
      label: `$(wrench) ${t('Response healing')}`,
      description: settings.read('responseHealing') ? t('on: structured answers in one piece') : t('off'),
      change: () => write(settings, 'responseHealing', !settings.read('responseHealing')),
    },
    {
      label: `$(pass) ${t('Auto Router: allowed models')}`,
      description: list(auto.allowed_models) || t('all'),
      change: () => editPatterns(settings, 'allowed_models'),
    },
    {
      label: `$(circle-slash) ${t('Auto Router: excluded models')}`,
      description: list(auto.excluded_models) || t('none'),
      change: () => editPatterns(settings, 'excluded_models'),
    },
    {
      label: `$(credit-card) ${t('Auto Router: cost tier')}`,
      description: auto.cost_tier ?? t('chosen by OpenRouter'),
      change: async () => {
        const tier = await pickWord(t('Auto Router: cost tier'), ['default', ...costTiers], auto.cost_tier);
        if (tier !== undefined) {
          await writeAuto(settings, { cost_tier: tier === 'default' ? undefined : tier });
        }
      },
    },
  ];
}

function choiceRow(
  settings: Settings,
  setting: 'sampling' | 'contextCompression',
  label: string,
  words: readonly string[],
): Row {
  const current = settings.read(setting);
  return {
    label,
    description: current,
    change: async () => {
      const word = await pickWord(label.replace(/^\$\(.*?\) /, ''), words, current);
      if (word !== undefined) {
        await write(settings, setting, word);
      }
    },
  };
}

async function pickWord(
  title: string,
  words: readonly string[],
  current = 'default',
): Promise<string | undefined> {
  const items = words.map((label) => ({ label, ...(label === current && { description: t('in use') }) }));
  return (await vscode.window.showQuickPick(items, { title }))?.label;
}

async function editFields(settings: Settings, model: string, name: string): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: t('Advanced fields for {0}', name),
    prompt: t('A JSON object such as {0}. Empty removes them.', '{ "top_k": 40, "seed": 7 }'),
    value: JSON.stringify(fieldsOf(settings, model)),
    ignoreFocusOut: true,
    validateInput: faultIn,
  });
  if (text === undefined) {
    return;
  }
  const { [model]: _previous, ...others } = objectIn(settings.inspect('requestFields').globalValue) ?? {};
  const own = objectIn(parseJson(text)) ?? {};
  await write(settings, 'requestFields', { ...others, ...(Object.keys(own).length > 0 && { [model]: own }) });
}

function faultIn(text: string): string | undefined {
  const value = text.trim() === '' ? {} : objectIn(parseJson(text));
  if (!value) {
    return t("This isn't a JSON object.");
  }
  const { faulty } = parseFields(value);
  return faulty.length === 0 ? undefined : t("These fields can't be used: {0}.", faulty.join(', '));
}

async function editPatterns(settings: Settings, field: 'allowed_models' | 'excluded_models'): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: field === 'allowed_models' ? t('Auto Router: allowed models') : t('Auto Router: excluded models'),
    prompt: t('Model IDs or patterns such as {0}, separated by commas', 'anthropic/*'),
    value: (autoOf(settings)[field] ?? []).join(', '),
    ignoreFocusOut: true,
  });
  if (text !== undefined) {
    const patterns = text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
    await writeAuto(settings, { [field]: patterns.length === 0 ? undefined : patterns });
  }
}

/** As they are written: what can't be used is corrected here, too. */
function fieldsOf(settings: Settings, model: string): object {
  return objectIn(objectIn(settings.inspect('requestFields').globalValue)?.[model]) ?? {};
}

function autoOf(settings: Settings): AutoRouter {
  const value = objectIn(settings.inspect('autoRouter').globalValue) ?? {};
  const texts = (each: unknown): { readonly list?: readonly string[] } =>
    Array.isArray(each) ? { list: each.map(String) } : {};
  const [allowed, excluded] = [texts(value['allowed_models']).list, texts(value['excluded_models']).list];
  const tier = costTiers.find((each) => each === value['cost_tier']);
  return {
    ...(allowed && { allowed_models: allowed }),
    ...(excluded && { excluded_models: excluded }),
    ...(tier && { cost_tier: tier }),
  };
}

function writeAuto(settings: Settings, change: JsonObject): Promise<void> {
  const merged: JsonObject = { ...autoOf(settings), ...change };
  const all = Object.entries(merged).filter(([, each]) => each !== undefined);
  return write(settings, 'autoRouter', Object.fromEntries(all));
}

/** To the user settings; an empty object or the default is removed. */
function write(settings: Settings, setting: keyof SettingValues, value: unknown): Promise<void> {
  const isEmpty = isDeepStrictEqual(value, {});
  const isDefault = isEmpty || value === settings.inspect(setting).defaultValue;
  return settings.update(setting, isDefault ? undefined : value, vscode.ConfigurationTarget.Global);
}
