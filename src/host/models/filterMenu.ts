import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  modelTraits,
  noFilter,
  tokensFrom,
  withBounds,
  withTrait,
  type ModelFilter,
  type ModelTrait,
} from '../../core/model/modelFilter.ts';
import { formatPrice, microDollarsFrom } from '../../core/money/money.ts';
import { windowCaughtUp } from '../platform/commands.ts';
import { formatTokens } from '../platform/formats.ts';
import { PickRows } from '../platform/pickRows.ts';

interface FilterRow extends vscode.QuickPickItem {
  readonly act: ModelTrait | 'context' | 'price' | 'clear' | 'done';
}

/** A filter trait in words. */
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
      return t('Reasoning');
    case 'zdr':
      return t('Zero data retention');
    case 'allowed':
      return t('Allowed by account settings');
    default:
      return trait satisfies never;
  }
}

/** A filter in words. */
export function filterWords({ traits, minContext, maxPrice }: ModelFilter): readonly string[] {
  return [
    ...traits.map(traitWords),
    ...(minContext === undefined ? [] : [t('at least {0} context', formatTokens(minContext))]),
    ...(maxPrice === undefined ? [] : [t('input up to {0}', formatPrice(maxPrice))]),
  ];
}

/** Called on each change with the filter; returns how many models are left. */
type Changed = (filter: ModelFilter) => Promise<string>;

/** Toggles filter traits. Escape and the back button keep the current state. */
export async function chooseFilter(filter: ModelFilter, changed: Changed): Promise<void> {
  for (let present = filter; ;) {
    const left = await showMenu(present, changed);
    if (left.ask === undefined) {
      return;
    }
    present = await withAsked(left.ask, left.filter);
    await changed(present);
  }
}

/** How the menu was left: for a number input, or for good. */
interface Left {
  readonly filter: ModelFilter;
  readonly ask?: 'context' | 'price';
}

function showMenu(filter: ModelFilter, changed: Changed): Promise<Left> {
  const pick = vscode.window.createQuickPick<FilterRow>();
  const rows = new PickRows<FilterRow>(pick, (one, other) => one.act === other.act, windowCaughtUp);
  let present = filter;
  const draw = (active?: FilterRow['act']): void => {
    const all = rowsOf(present);
    rows.set(all, active && all.find(({ act }) => act === active));
  };
  const count = (): void => {
    const counted = present;
    // A failure here also occurs in the list, which reports it.
    void changed(counted).then((words) => {
      if (counted === present) {
        pick.title = t('Filter Models ({0})', words);
      }
    });
  };
  pick.title = t('Filter Models');
  pick.placeholder = t('Show only models that match');
  pick.buttons = [vscode.QuickInputButtons.Back];
  draw();
  count();
  return new Promise((resolve) => {
    const end = (ask?: 'context' | 'price'): void => {
      resolve({ filter: present, ...(ask && { ask }) });
      pick.hide();
    };
    const accept = (act: FilterRow['act'] | undefined): void => {
      if (act === 'context' || act === 'price') {
        end(act);
      } else if (act === 'done') {
        end();
      } else if (act !== undefined) {
        present = act === 'clear' ? noFilter : withTrait(present, act);
        draw(act);
        count();
      }
    };
    pick.onDidAccept(() => {
      void rows.accepted(pick.selectedItems[0]).then((row) => {
        accept(row?.act);
      });
    });
    pick.onDidTriggerButton(() => {
      end();
    });
    pick.onDidHide(() => {
      end();
      pick.dispose();
    });
    pick.show();
  });
}

function rowsOf(filter: ModelFilter): readonly FilterRow[] {
  const { traits, minContext, maxPrice } = filter;
  return [
    ...modelTraits.map((trait): FilterRow => ({
      label: `${mark(traits.includes(trait))} ${traitWords(trait)}`,
      ...(trait === 'zdr' && { description: t('at least one provider retains no data') }),
      act: trait,
    })),
    {
      label: `${mark(minContext !== undefined)} ${t('Minimum context…')}`,
      description: minContext === undefined ? '' : formatTokens(minContext),
      act: 'context',
    },
    {
      label: `${mark(maxPrice !== undefined)} ${t('Maximum price…')}`,
      description: maxPrice === undefined ? '' : t('{0} per 1M input tokens', formatPrice(maxPrice)),
      act: 'price',
    },
    { label: '', kind: vscode.QuickPickItemKind.Separator, act: 'done' },
    { label: `$(clear-all) ${t('Clear the filter')}`, act: 'clear' },
    { label: `$(arrow-left) ${t('Back to the models')}`, act: 'done' },
  ];
}

/** The check mark of an active row, or its space. */
export function mark(isOn: boolean): string {
  return isOn ? '$(check)' : '$(blank)';
}

async function withAsked(act: 'context' | 'price', filter: ModelFilter): Promise<ModelFilter> {
  const { minContext, maxPrice } = filter;
  switch (act) {
    case 'context': {
      const text = await ask({
        title: t('Filter Models: Context'),
        prompt: t('Minimum context, for example 128k or 1M. Leave empty for any.'),
        value: minContext === undefined ? '' : formatTokens(minContext),
        isValid: (words) => tokensFrom(words) !== undefined,
        complaint: t('Enter a number of tokens, such as 128k, or leave it empty.'),
      });
      return text === undefined ? filter : withBounds(filter, { minContext: tokensFrom(text), maxPrice });
    }
    case 'price': {
      const text = await ask({
        title: t('Filter Models: Price'),
        prompt: t('Maximum price in USD per 1M input tokens. Leave empty for any.'),
        value: maxPrice === undefined ? '' : formatPrice(maxPrice).slice(1),
        isValid: (words) => (microDollarsFrom(words) ?? -1) >= 0,
        complaint: t('Enter a price in USD, such as 1.5, or leave it empty.'),
      });
      return text === undefined
        ? filter
        : withBounds(filter, { minContext, maxPrice: microDollarsFrom(text) });
    }
    default:
      return act satisfies never;
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
