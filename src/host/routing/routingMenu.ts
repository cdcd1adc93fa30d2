import { isDeepStrictEqual } from 'node:util';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { providerSlug, type Endpoint, type EndpointSource } from '../../core/model/endpoint.ts';
import { withField, withToggled } from '../../core/model/routingChange.ts';
import { reportOfError } from '../words/report.ts';
import type { RoutingDraft } from './routingDraft.ts';
import {
  routingItems,
  type EndpointButton,
  type EndpointsState,
  type RoutingAction,
  type RoutingItem,
} from './routingItems.ts';
import { windowCaughtUp } from '../platform/commands.ts';
import { PickRows } from '../platform/pickRows.ts';

/** Reads a model's endpoints once and reports when they are there. */
export class OffersReader {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  state: EndpointsState = { state: 'loading' };
  /** Resolves when the endpoints are known or unavailable. */
  readonly settled: Promise<void>;

  constructor(endpoints: EndpointSource, model: string, signal: AbortSignal) {
    this.settled = endpoints.endpointsOf(model, signal).then(
      (offers) => {
        this.#set({ state: 'known', offers });
      },
      (error: unknown) => {
        this.#set({ state: 'failed', words: reportOfError(error).message });
      },
    );
  }

  get endpoints(): readonly Endpoint[] {
    return this.state.state === 'known' ? this.state.offers.endpoints : [];
  }

  policyOf(tag: string): string | undefined {
    return this.state.state === 'known'
      ? this.state.offers.providers.find(({ slug }) => slug === providerSlug(tag))?.privacyPolicyUrl
      : undefined;
  }

  #set(state: EndpointsState): void {
    this.state = state;
    this.#changed.fire();
  }
}

/** Shows the menu until a row leads elsewhere; absent if the user leaves. */
export function showRoutingMenu(
  draft: RoutingDraft,
  catalog: ModelCatalog,
  offers: OffersReader,
): Promise<RoutingAction | undefined> {
  const pick = vscode.window.createQuickPick<RoutingItem>();
  pick.title = t('Configure Routing');
  pick.placeholder = t("How OpenRouter chooses among a model's providers");
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  // Unsaved changes must survive a click elsewhere.
  pick.ignoreFocusOut = true;
  const rows = new PickRows<RoutingItem>(
    pick,
    (one, other) => isDeepStrictEqual(one.action, other.action),
    windowCaughtUp,
  );
  const draw = (): void => {
    const active = pick.activeItems[0]?.label;
    pick.busy = offers.state.state === 'loading';
    const items = routingItems(draft, catalog.nameOf(draft.model), offers.state);
    // While typing, VS Code selects the first match; another row might not be visible.
    rows.set(items, pick.value === '' ? items.find(({ label }) => label === active) : undefined);
  };
  draw();
  const subscription = offers.onDidChange(draw);
  return new Promise((resolve) => {
    const accept = (action: RoutingAction | undefined): void => {
      if (!action || action.kind === 'none') {
        return;
      }
      if (isQuick(action)) {
        changeAtOnce(draft, action);
        draw();
      } else {
        resolve(action);
        pick.hide();
      }
    };
    pick.onDidAccept(() => {
      void rows.accepted(pick.selectedItems[0]).then((row) => {
        accept(row?.action);
      });
    });
    pick.onDidTriggerItemButton(({ item, button }) => {
      const action = rows.meant(item)?.action;
      if (action?.kind === 'endpoint') {
        press(draft, action.tag, (button as EndpointButton).act, offers);
        draw();
      }
    });
    pick.onDidHide(() => {
      subscription.dispose();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

type QuickAction = Extract<RoutingAction, { kind: 'toggle' }> | { readonly kind: 'scope' | 'discard' };

/** Whether an action changes something in place, so that the menu stays open. */
function isQuick(action: RoutingAction): action is QuickAction {
  return action.kind === 'toggle' || action.kind === 'scope' || action.kind === 'discard';
}

function changeAtOnce(draft: RoutingDraft, action: QuickAction): void {
  switch (action.kind) {
    case 'scope':
      draft.scope = draft.scope === 'all' ? 'model' : 'all';
      break;
    case 'discard':
      draft.discard();
      break;
    case 'toggle': {
      const { field } = action;
      // The non-default value: the service's default isn't stored.
      const said = field === 'data_collection' ? 'deny' : field !== 'allow_fallbacks';
      draft.routing = withField(draft.routing, field, draft.routing[field] === said ? undefined : said);
      break;
    }
    default:
      action satisfies never;
  }
}

function press(draft: RoutingDraft, tag: string, act: EndpointButton['act'], offers: OffersReader): void {
  if (act !== 'privacy') {
    draft.routing = withToggled(draft.routing, act, tag);
    return;
  }
  const url = offers.policyOf(tag);
  if (url !== undefined && /^https:\/\//.test(url)) {
    void vscode.env.openExternal(vscode.Uri.parse(url));
  }
}
