import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Endpoint } from '../../core/model/endpoint.ts';
import type { Routing } from '../../core/model/routing.ts';
import {
  isPrice,
  priceCeiling,
  providersIn,
  withField,
  withPriceCeiling,
  withToggled,
  type ProviderList,
} from '../../core/model/routingChange.ts';
import { listWords } from './routingItems.ts';

interface TagItem extends vscode.QuickPickItem {
  readonly tag?: string;
}

/** Adds and removes providers in a list, in the order chosen. Returns the resulting routing; Escape undoes nothing. */
export async function pickProviders(
  routing: Routing,
  list: ProviderList,
  endpoints: readonly Endpoint[],
): Promise<Routing> {
  const tags = providersIn(routing, list);
  const known = endpoints.map(({ tag }) => tag);
  const names = new Map(endpoints.map(({ tag, providerName }) => [tag, providerName]));
  const all = [...new Set([...tags, ...known])];
  const items: readonly TagItem[] = [
    { label: `$(check) ${t('Done')}` },
    ...all.map((tag): TagItem => {
      const place = tags.indexOf(tag);
      const mark = place < 0 ? '$(blank)' : list === 'order' ? `${String(place + 1)}.` : '$(check)';
      return { label: `${mark} ${names.get(tag) ?? tag}`, description: tag, tag };
    }),
    { label: `$(add) ${t('Another provider…')}` },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Configure Routing: {0}', listWords()[list].label),
    ignoreFocusOut: true,
    placeHolder: list === 'order' ? t('Choose providers in the order to try them') : t('Choose providers'),
    matchOnDescription: true,
  });
  if (!picked || picked === items[0]) {
    return routing;
  }
  const tag = picked.tag ?? (await askProvider());
  return pickProviders(tag === undefined ? routing : withToggled(routing, list, tag), list, endpoints);
}

async function askProvider(): Promise<string | undefined> {
  const slug = await vscode.window.showInputBox({
    title: t('Configure Routing: Another Provider'),
    ignoreFocusOut: true,
    prompt: t('The slug of a provider or one of its endpoints, such as "deepinfra" or "deepinfra/turbo".'),
    validateInput: (text) => (/^\S+$/.test(text.trim()) ? undefined : t("A slug can't contain spaces.")),
  });
  return slug?.trim();
}

const sorts = ['price', 'throughput', 'latency', 'exacto'] as const;

/** Chooses how to rank providers; absent leaves it to OpenRouter. */
export async function pickSort(routing: Routing): Promise<Routing> {
  const none = { label: t('Balanced by OpenRouter'), description: t('by price and uptime') };
  const meanings = {
    price: t('lowest price first'),
    throughput: t('highest throughput first'),
    latency: t('lowest latency first'),
    exacto: t('best tool calling first'),
  };
  const items = [none, ...sorts.map((label) => ({ label, description: meanings[label] }))];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Configure Routing: Sort By'),
    ignoreFocusOut: true,
  });
  if (!picked) {
    return routing;
  }
  return withField(routing, 'sort', picked === none ? undefined : picked.label);
}

/** Asks for maximum prices, in USD per million tokens. */
export async function askPriceCeiling(routing: Routing): Promise<Routing> {
  const present = priceCeiling(routing);
  const ask = (title: string, value: string | undefined): Thenable<string | undefined> =>
    vscode.window.showInputBox({
      title,
      ignoreFocusOut: true,
      prompt: t(
        'Maximum price in USD per 1M tokens. Leave empty for no limit. Requests fail if no provider is ' +
          'that cheap.',
      ),
      value: value ?? '',
      validateInput: (text) =>
        isPrice(text) ? undefined : t('Enter a price in USD, such as 1.5, or leave it empty.'),
    });
  const prompt = await ask(t('Configure Routing: Maximum Input Price'), present.prompt);
  const completion =
    prompt === undefined
      ? undefined
      : await ask(t('Configure Routing: Maximum Output Price'), present.completion);
  return prompt === undefined || completion === undefined
    ? routing
    : withPriceCeiling(routing, { prompt, completion });
}

/** Chooses allowed quantizations from those the model is offered in. */
export async function pickQuantizations(routing: Routing, endpoints: readonly Endpoint[]): Promise<Routing> {
  const set: readonly unknown[] = Array.isArray(routing['quantizations']) ? routing['quantizations'] : [];
  const offered = endpoints.flatMap(({ quantization }) => quantization ?? []);
  const all = [...new Set([...set.filter((each) => typeof each === 'string'), ...offered])];
  const picked = await vscode.window.showQuickPick(
    all.map((label) => ({ label, picked: set.includes(label) })),
    {
      title: t('Configure Routing: Quantizations'),
      ignoreFocusOut: true,
      placeHolder:
        all.length === 0
          ? t("The endpoints don't list their quantizations")
          : t('None selected: any is allowed'),
      canPickMany: true,
    },
  );
  return picked
    ? withField(
        routing,
        'quantizations',
        picked.map(({ label }) => label),
      )
    : routing;
}

/** Asks what to do with one endpoint. */
export async function pickForEndpoint(routing: Routing, { tag, providerName }: Endpoint): Promise<Routing> {
  const lists = ['order', 'only', 'ignore'] as const;
  const picked = await vscode.window.showQuickPick(
    lists.map((list) => ({
      label: `${providersIn(routing, list).includes(tag) ? '$(check)' : '$(blank)'} ${listWords()[list].label}`,
      list,
    })),
    { title: t('Configure Routing: {0}', providerName), placeHolder: tag, ignoreFocusOut: true },
  );
  return picked ? withToggled(routing, picked.list, tag) : routing;
}
