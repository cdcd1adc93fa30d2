import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { passes } from '../../core/model/modelFilter.ts';
import { isModelId } from '../../core/model/modelSections.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds } from '../platform/contributions.ts';
import { links } from '../platform/links.ts';
import { chooseFilter } from './filterMenu.ts';
import type { PickerParts } from './listedRows.ts';
import { pickModel, type Picked, type Picking } from './modelPicker.ts';
import type { ModelTargets } from './modelTarget.ts';
import { chooseOrder } from './orderMenu.ts';
import { formatNumber } from '../platform/formats.ts';

export interface SelectParts extends PickerParts {
  readonly targets: ModelTargets;
}

/** How long the filter menu waits for the service's data, in milliseconds. */
const patienceMs = 3_000;

/** A browsable list and its outcome. */
interface Choosing {
  readonly picking: () => Omit<Picking, 'typed'>;
  /** Sets a model, or clears it. */
  readonly take: (id: string | undefined) => Promise<void>;
  /** Chooses the target. */
  readonly retarget?: () => Promise<void>;
}

/** Chooses a model from the live catalog: for everything, a workspace, a chat, a command, or background tasks. */
export async function selectModel(parts: SelectParts): Promise<void> {
  const { targets, memory } = parts;
  let target = targets.first();
  await choose(parts, {
    picking: () => ({
      title: targets.title(target),
      current: targets.inUse(target),
      purpose: targets.purpose(target),
      withoutOwn: targets.withoutOwn(target),
      hasTargets: true,
    }),
    take: async (id) => {
      if (id !== undefined) {
        await memory.used(id);
      }
      await targets.set(target, id);
    },
    retarget: async () => {
      target = (await targets.pick(target)) ?? target;
    },
  });
}

/** Asks for a model without setting it; absent if the user cancels. */
export async function chooseModel(parts: PickerParts, current: string): Promise<string | undefined> {
  let chosen: string | undefined;
  await choose(parts, {
    picking: () => ({
      title: t('Ask Another Model'),
      current,
      purpose: 'chat',
      withoutOwn: undefined,
      hasTargets: false,
    }),
    take: (id) => {
      chosen = id;
      return Promise.resolve();
    },
  });
  return chosen;
}

async function choose(parts: PickerParts, choosing: Choosing): Promise<void> {
  await parts.catalog.load();
  for (let typed = ''; ;) {
    const picked = await pickModel(parts, { ...choosing.picking(), typed });
    if (picked === undefined || (await followed(picked, choosing, parts))) {
      return;
    }
    typed = 'typed' in picked ? picked.typed : '';
  }
}

/** Handles a choice; returns whether the user is done with the list. */
async function followed(picked: Picked, { take, retarget }: Choosing, parts: PickerParts): Promise<boolean> {
  const { catalog, memory, facts } = parts;
  switch (picked.kind) {
    case 'model':
      if (!picked.excluded || (await isWantedAnyway(catalog.nameOf(picked.id)))) {
        await take(picked.id);
      }
      return true;
    case 'general':
      await take(undefined);
      return true;
    case 'info':
      await runCommand(commandIds.showModel, picked.id);
      return true;
    case 'other': {
      // A search word isn't an id: ids have an author, and presets their sign.
      const id = /^\S+[/@]\S+$/.test(picked.typed) ? picked.typed : await askId(picked.typed);
      if (id !== undefined) {
        await take(id);
      }
      return id !== undefined;
    }
    case 'filter':
      await chooseFilter(memory.filter, async (filter) => {
        await memory.setFilter(filter);
        // If unknown, no model passes; the list says why.
        await facts.load(filter, memory.order, AbortSignal.timeout(patienceMs)).catch(() => undefined);
        const passing = catalog.all.filter((model) => passes(model, filter, facts.zeroRetention));
        return t('{0} of {1}', formatNumber(passing.length), formatNumber(catalog.all.length));
      });
      return false;
    case 'order': {
      const order = await chooseOrder(memory.order);
      if (order !== undefined) {
        await memory.setOrder(order);
      }
      return false;
    }
    case 'target':
      await retarget?.();
      return false;
    default:
      return picked satisfies never;
  }
}

/** An excluded model fails, unless the account's settings have changed. */
async function isWantedAnyway(name: string): Promise<boolean> {
  const [use, settings] = [t('Use It Anyway'), t('Privacy Settings')];
  const choice = await vscode.window.showWarningMessage(
    t("Your account's privacy settings, provider preferences, or guardrails exclude {0}.", name),
    { modal: true, detail: t('Requests to this model will fail until you change those settings.') },
    use,
    settings,
  );
  if (choice === settings) {
    void vscode.env.openExternal(vscode.Uri.parse(links.privacy));
  }
  return choice === use;
}

async function askId(typed: string): Promise<string | undefined> {
  const id = await vscode.window.showInputBox({
    title: t('Switch Model: Another ID'),
    prompt: t('The ID of a model, variant, or preset, such as "author/model:nitro" or "@preset/name".'),
    value: typed,
    validateInput: (text) => (isModelId(text.trim()) ? undefined : t('Enter an ID without spaces.')),
  });
  return id?.trim();
}
