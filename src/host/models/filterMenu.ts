import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatTokens } from '../../core/model/model.ts';
import {
  modelTraits,
  noFilter,
  tokensFrom,
  withBounds,
  withTrait,
  type ModelFilter,
  type ModelTrait,
} from '../../core/model/modelFilter.ts';
import { modelOrders, type ModelOrder } from '../../core/model/modelOrder.ts';
import { formatPrice, microDollarsFrom } from '../../core/model/money.ts';

interface FilterRow extends vscode.QuickPickItem {
  readonly act: ModelTrait | 'context' | 'price' | 'clear' | 'done';
}

/** What can be asked of a model, in words. */
export function traitWords(trait: ModelTrait): string {
  switch (trait) {
    case 'free':
      return t('Free');
    case 'tools':
      return t('Tools');
    case 'structured':
      return t('Structured output');
    case 'vision':
      return t('Vision');
    case 'thinking':
      return t('Thinking');
    case 'zdr':
      return t('Zero data retention');
    default:
      return trait satisfies never;
  }
}

/** All that a filter looks for, in words. */
export function filterWords({ traits, minContext, maxPrice }: ModelFilter): readonly string[] {
  return [
    ...traits.map(traitWords),
    ...(minContext === undefined ? [] : [t('at least {0} context', formatTokens(minContext))]),
    ...(maxPrice === undefined ? [] : [t('at most {0} in', formatPrice(maxPrice))]),
  ];
}

/**
 * Switches what is looked for on and off, one by one; `changed` hears of each change, and says how many models are left.
 * Escape and the arrow back leave it as it is then.
 */
export async function chooseFilter(
  filter: ModelFilter,
  changed: (filter: ModelFilter) => Promise<string>,
): Promise<void> {
  let present = filter;
  let count = await changed(present);
  for (let active: FilterRow['act'] | undefined; ;) {
    const act = await showMenu(present, count, active);
    if (act === undefined || act === 'done') {
      return;
    }
    present = await changedBy(act, present);
    count = await changed(present);
    active = act;
  }
}

function showMenu(
  filter: ModelFilter,
  count: string,
  active: FilterRow['act'] | undefined,
): Promise<FilterRow['act'] | undefined> {
  const pick = vscode.window.createQuickPick<FilterRow>();
  pick.title = t('Filter Models ({0})', count);
  pick.placeholder = t('What a model must have');
  pick.buttons = [vscode.QuickInputButtons.Back];
  pick.items = rowsOf(filter);
  const again = pick.items.filter(({ act }) => act === active);
  pick.activeItems = again.length > 0 ? again : pick.items.slice(0, 1);
  return new Promise((resolve) => {
    const end = (act: FilterRow['act'] | undefined): void => {
      resolve(act);
      pick.hide();
    };
    pick.onDidAccept(() => {
      end(pick.selectedItems[0]?.act);
    });
    pick.onDidTriggerButton(() => {
      end('done');
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function rowsOf(filter: ModelFilter): readonly FilterRow[] {
  const { traits, minContext, maxPrice } = filter;
  return [
    ...modelTraits.map((trait): FilterRow => ({
      label: `${mark(traits.includes(trait))} ${traitWords(trait)}`,
      ...(trait === 'zdr' && { description: t('some provider retains nothing') }),
      act: trait,
    })),
    {
      label: `${mark(minContext !== undefined)} ${t('Context at least…')}`,
      description: minContext === undefined ? '' : formatTokens(minContext),
      act: 'context',
    },
    {
      label: `${mark(maxPrice !== undefined)} ${t('Price at most…')}`,
      description: maxPrice === undefined ? '' : t('{0} per million tokens in', formatPrice(maxPrice)),
      act: 'price',
    },
    { label: '', kind: vscode.QuickPickItemKind.Separator, act: 'done' },
    { label: `$(clear-all) ${t('Clear the filter')}`, act: 'clear' },
    { label: `$(arrow-left) ${t('Back to the models')}`, act: 'done' },
  ];
}

function mark(isOn: boolean): string {
  return isOn ? '$(check)' : '$(blank)';
}

async function changedBy(act: Exclude<FilterRow['act'], 'done'>, filter: ModelFilter): Promise<ModelFilter> {
  const { minContext, maxPrice } = filter;
  switch (act) {
    case 'context': {
      const text = await ask({
        title: t('Filter Models: Context'),
        prompt: t('At least so many tokens, such as 128k or 1M. Empty for any.'),
        value: minContext === undefined ? '' : formatTokens(minContext),
        isValid: (words) => tokensFrom(words) !== undefined,
        complaint: t('Enter a number of tokens, such as 128k, or nothing.'),
      });
      return text === undefined ? filter : withBounds(filter, { minContext: tokensFrom(text), maxPrice });
    }
    case 'price': {
      const text = await ask({
        title: t('Filter Models: Price'),
        prompt: t('At most so many USD per million tokens in. Empty for any.'),
        value: maxPrice === undefined ? '' : formatPrice(maxPrice).slice(1),
        isValid: (words) => (microDollarsFrom(words) ?? -1) >= 0,
        complaint: t('Enter a price in USD, such as 1.5, or nothing.'),
      });
      return text === undefined
        ? filter
        : withBounds(filter, { minContext, maxPrice: microDollarsFrom(text) });
    }
    case 'clear':
      return noFilter;
    default:
      return withTrait(filter, act);
  }
}

function ask({
  title,
  prompt,
  value,
  isValid,
  complaint,
}: {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  readonly isValid: (text: string) => boolean;
  readonly complaint: string;
}): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt,
    value,
    validateInput: (text) => (text.trim() === '' || isValid(text) ? undefined : complaint),
  });
}

/** An order, in words. */
export function orderWords(order: ModelOrder): string {
  switch (order) {
    case 'listed':
      return t('As OpenRouter lists them');
    case 'name':
      return t('By name');
    case 'promptPrice':
      return t('By price in');
    case 'completionPrice':
      return t('By price out');
    case 'context':
      return t('By context, the longest first');
    case 'newest':
      return t('The newest first');
    case 'throughput':
      return t('The fastest first');
    default:
      return order satisfies never;
  }
}

/** Chooses in which order models are listed; nothing when the user lets it be. */
export async function chooseOrder(present: ModelOrder): Promise<ModelOrder | undefined> {
  const picked = await vscode.window.showQuickPick(
    modelOrders.map((order) => ({
      label: `${mark(order === present)} ${orderWords(order)}`,
      order,
    })),
    { title: t('Sort Models') },
  );
  return picked?.order;
}
