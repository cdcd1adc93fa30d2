import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { Endpoint, EndpointSource } from '../../core/model/endpoint.ts';
import { sleep } from '../../core/util/sleep.ts';
import { RoutingDraft } from './routingDraft.ts';
import type { RoutingAction } from './routingItems.ts';
import { OffersReader, showRoutingMenu } from './routingMenu.ts';
import {
  askPriceCeiling,
  pickForEndpoint,
  pickProviders,
  pickQuantizations,
  pickSort,
} from './routingPicks.ts';
import type { Settings } from '../platform/settings.ts';

/** What configuring routing needs. */
export interface RoutingParts {
  readonly settings: Settings;
  readonly catalog: ModelCatalog;
  readonly endpoints: EndpointSource;
}

/** How long the menu waits for endpoints, in milliseconds: later rows may disturb typing. */
const maxWaitMs = 700;

/** Configures OpenRouter's routing without JSON: for all requests or one model, starting with this one. */
export async function configureRouting(
  { settings, catalog, endpoints }: RoutingParts,
  model: string,
): Promise<void> {
  await catalog.load();
  const draft = new RoutingDraft(settings, model);
  const closing = new AbortController();
  let offers = new OffersReader(endpoints, draft.model, closing.signal);
  try {
    for (;;) {
      await Promise.race([offers.settled, sleep(maxWaitMs, closing.signal)]);
      const action = await showRoutingMenu(draft, catalog, offers);
      if (action?.kind === 'save') {
        await save(draft, catalog);
        return;
      }
      if (action === undefined) {
        if (await leave(draft, catalog)) {
          return;
        }
      } else if (action.kind === 'model') {
        draft.model = (await pickModel(catalog)) ?? draft.model;
        offers = new OffersReader(endpoints, draft.model, closing.signal);
      } else {
        await change(draft, action, offers.endpoints);
      }
    }
  } finally {
    closing.abort();
  }
}

async function change(
  draft: RoutingDraft,
  action: RoutingAction,
  endpoints: readonly Endpoint[],
): Promise<void> {
  const { routing } = draft;
  switch (action.kind) {
    case 'list':
      draft.routing = await pickProviders(routing, action.list, endpoints);
      break;
    case 'sort':
      draft.routing = await pickSort(routing);
      break;
    case 'price':
      draft.routing = await askPriceCeiling(routing);
      break;
    case 'quantizations':
      draft.routing = await pickQuantizations(routing, endpoints);
      break;
    case 'endpoint': {
      const endpoint = endpoints.find(({ tag }) => tag === action.tag);
      draft.routing = endpoint ? await pickForEndpoint(routing, endpoint) : routing;
      break;
    }
    default:
      break;
  }
}

/** Leaving with unsaved changes asks what to do; returns whether the user is done. */
async function leave(draft: RoutingDraft, catalog: ModelCatalog): Promise<boolean> {
  if (!draft.changed) {
    return true;
  }
  const [keep, drop] = [t('Save'), t('Discard')];
  const answer = await vscode.window.showWarningMessage(
    t("Your routing changes weren't saved."),
    { modal: true },
    keep,
    drop,
  );
  if (answer === keep) {
    await save(draft, catalog);
  }
  return answer !== undefined;
}

async function save(draft: RoutingDraft, catalog: ModelCatalog): Promise<void> {
  const sent = JSON.stringify(draft.effective);
  await draft.save();
  void vscode.window.showInformationMessage(
    t('Routing saved. Requests to {0} include {1}.', catalog.nameOf(draft.model), sent),
  );
}

async function pickModel(catalog: ModelCatalog): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(
    catalog.models.map(({ id, name }) => ({ label: name, description: id })),
    { title: t('Configure Routing: Model'), matchOnDescription: true, ignoreFocusOut: true },
  );
  return picked?.description;
}
