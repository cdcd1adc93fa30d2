import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { providerSlug, type EndpointSource } from '../../core/model/endpoint.ts';
import type { Model } from '../../core/model/model.ts';
import { providersIn, withField, withToggled, type ProviderList } from '../../core/model/routingChange.ts';
import { modelToHost, type ModelToHost } from '../../protocol/modelToHost.ts';
import type { ModelToWebview } from '../../protocol/modelView.ts';
import { createTab, WebviewPage } from '../webviews/webviewPage.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds, viewIds } from '../platform/contributions.ts';
import { links } from '../platform/links.ts';
import { logError } from '../platform/log.ts';
import { reportOfError } from '../words/report.ts';
import type { EndpointsState } from '../routing/routingItems.ts';
import { ownRouting, setOwnRouting } from '../platform/routingSettings.ts';
import type { Settings } from '../platform/settings.ts';
import type { ModelMemory } from './modelMemory.ts';
import { toModelView } from './modelView.ts';

/** The page's inputs. */
export interface ModelPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly catalog: ModelCatalog;
  readonly endpoints: EndpointSource;
  readonly settings: Settings;
  readonly memory: ModelMemory;
  readonly log: vscode.LogOutputChannel;
  /** The current model's id, and how to set another. */
  readonly inUse: () => Promise<string>;
  readonly use: (id: string) => Promise<void>;
}

interface ModelTab {
  readonly panel: vscode.WebviewPanel;
  readonly page: WebviewPage<ModelToHost, ModelToWebview>;
}

/** A model's page in an editor tab; there is at most one. */
export class ModelPanel implements vscode.Disposable {
  readonly #parts: ModelPanelParts;
  readonly #subscriptions: { dispose(): void }[];
  #tab: ModelTab | undefined;
  #id = '';
  #offers: EndpointsState = { state: 'loading' };
  /** Aborts requests about the previous model. */
  #closing = new AbortController();

  constructor(parts: ModelPanelParts) {
    this.#parts = parts;
    const update = (): void => {
      this.#draw();
    };
    this.#subscriptions = [parts.catalog.onDidChange(update), parts.settings.onDidChange(update)];
  }

  /** Opens the tab with a model or reuses it; without an id, the current model. */
  async show(id?: string): Promise<void> {
    const { catalog, inUse } = this.#parts;
    await catalog.load();
    this.#id = id ?? (await inUse());
    this.#tab ??= this.#open();
    const { panel } = this.#tab;
    panel.title = catalog.nameOf(this.#id);
    panel.reveal();
    this.#load();
  }

  dispose(): void {
    this.#tab?.panel.dispose();
    this.#subscriptions.forEach((each) => each.dispose());
  }

  #open(): ModelTab {
    const { extensionUri, log } = this.#parts;
    const panel = createTab(viewIds.model, '', extensionUri);
    panel.onDidDispose(() => {
      this.#tab = undefined;
      this.#closing.abort();
    });
    const page = new WebviewPage<ModelToHost, ModelToWebview>({
      ...{ webview: panel.webview, extensionUri, log },
      files: { script: 'model.js', style: 'model.css' },
      inbound: modelToHost,
      take: (message) => this.#take(message),
      failed: (error) => {
        logError(log, error);
        void vscode.window.showErrorMessage(reportOfError(error).message);
      },
    });
    return { panel, page };
  }

  async #take(message: ModelToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#load();
        break;
      case 'use':
        await this.#parts.use(this.#id);
        this.#draw();
        break;
      case 'star':
        await this.#parts.memory.toggleFavorite(this.#id);
        this.#draw();
        break;
      case 'openPage':
        await vscode.env.openExternal(vscode.Uri.parse(`${links.site}/${encodeURI(this.#id)}`));
        break;
      case 'configureRouting':
        await runCommand(commandIds.configureRouting, this.#id);
        break;
      case 'route':
        await this.#route(message.list, message.tag);
        break;
      case 'policy':
        await this.#openPolicy(message.tag);
        break;
      default:
        message satisfies never;
    }
  }

  /** This model's routing, starting from the general one, so that a click doesn't undo that. */
  async #route(list: ProviderList, tag: string): Promise<void> {
    const { settings } = this.#parts;
    const own = ownRouting(settings, this.#id);
    const begun =
      own[list] === undefined ? withField(own, list, providersIn(ownRouting(settings), list)) : own;
    await setOwnRouting(settings, withToggled(begun, list, tag), this.#id);
  }

  async #openPolicy(tag: string): Promise<void> {
    const providers = this.#offers.state === 'known' ? this.#offers.offers.providers : [];
    const url = providers.find(({ slug }) => slug === providerSlug(tag))?.privacyPolicyUrl;
    if (url !== undefined && /^https:\/\//.test(url)) {
      await vscode.env.openExternal(vscode.Uri.parse(url));
    }
  }

  /** Renders what is known and requests the endpoints. */
  #load(): void {
    this.#closing.abort();
    this.#closing = new AbortController();
    const { signal } = this.#closing;
    this.#offers = { state: 'loading' };
    this.#draw();
    this.#parts.endpoints
      .endpointsOf(this.#id, signal)
      .then(
        (offers): EndpointsState => ({ state: 'known', offers }),
        (error: unknown): EndpointsState => ({ state: 'failed', words: reportOfError(error).message }),
      )
      .then((offers) => {
        if (!signal.aborted) {
          this.#offers = offers;
          this.#draw();
        }
      })
      .catch((error: unknown) => {
        logError(this.#parts.log, error);
      });
  }

  #draw(): void {
    if (this.#tab) {
      this.#send().catch((error: unknown) => {
        logError(this.#parts.log, error);
      });
    }
  }

  async #send(): Promise<void> {
    const { catalog, settings, memory, inUse } = this.#parts;
    const id = this.#id;
    const view = toModelView(catalog.find(id) ?? unlisted(id, catalog.nameOf(id)), {
      models: catalog.all,
      inUse: (await inUse()) === id,
      favorite: memory.favorites.includes(id),
      offers: this.#offers,
      routing: { ...ownRouting(settings), ...ownRouting(settings, id) },
    });
    this.#tab?.page.post({ type: 'model', view });
  }
}

/** An unlisted model has only its name. */
function unlisted(id: string, name: string): Model {
  return { id, name, capabilities: [], description: t("This model isn't in the model list.") };
}
