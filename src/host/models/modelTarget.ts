import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { ModelPurpose } from '../../core/model/recommended.ts';
import type { ChatController } from '../chat/chatController.ts';
import { promptCommandIds, type PromptCommandId } from '../platform/contributions.ts';
import type { Settings } from '../platform/settings.ts';

/** What a model is chosen for. */
export type ModelTarget =
  | { readonly kind: 'user' | 'workspace' | 'chat' | 'background' }
  | { readonly kind: 'command'; readonly command: PromptCommandId };

/** Reads and sets the models of all targets. */
export class ModelTargets {
  readonly #settings: Settings;
  readonly #catalog: ModelCatalog;
  readonly #chat: ChatController;
  readonly #titles: ReadonlyMap<string, string>;

  constructor(parts: {
    readonly settings: Settings;
    readonly catalog: ModelCatalog;
    readonly chat: ChatController;
    /** Command titles by id. */
    readonly titles: ReadonlyMap<string, string>;
  }) {
    this.#settings = parts.settings;
    this.#catalog = parts.catalog;
    this.#chat = parts.chat;
    this.#titles = parts.titles;
  }

  /** The target of a choice by default. */
  first(): ModelTarget {
    return this.#chat.conversation.model === undefined
      ? { kind: this.#settings.modelPlace() }
      : { kind: 'chat' };
  }

  /** A target's own model; absent if it uses another's. */
  own(target: ModelTarget): string | undefined {
    switch (target.kind) {
      case 'user':
      case 'workspace':
        return this.#settings.model();
      case 'chat':
        return this.#chat.conversation.model;
      case 'command':
        return this.#settings.ownModelOf(target.command);
      case 'background':
        return this.#settings.backgroundModel();
      default:
        return target satisfies never;
    }
  }

  /** The model a target uses; empty if none. */
  inUse(target: ModelTarget): string {
    switch (target.kind) {
      case 'user':
      case 'workspace':
      case 'chat':
        return this.own(target) ?? this.#settings.model();
      case 'command':
        return this.#settings.commandModel(target.command);
      case 'background':
        return this.own(target) ?? '';
      default:
        return target satisfies never;
    }
  }

  /** Sets a target's model; without one, clears it. */
  async set(target: ModelTarget, model: string | undefined): Promise<void> {
    switch (target.kind) {
      case 'user':
      case 'workspace':
        if (model !== undefined) {
          await this.#settings.setModel(model, target.kind);
        }
        break;
      case 'chat':
        this.#chat.setModel(model);
        break;
      case 'command':
        await this.#settings.setModelOf(target.command, model);
        break;
      case 'background':
        await this.#settings.setBackgroundModel(model);
        break;
      default:
        target satisfies never;
    }
  }

  /** What a target uses without its own model; absent if it always has one. */
  withoutOwn(target: ModelTarget): string | undefined {
    if (this.own(target) === undefined || target.kind === 'user' || target.kind === 'workspace') {
      return undefined;
    }
    return target.kind === 'background'
      ? t('No model: titles are created locally')
      : t('Default model: {0}', this.#catalog.nameOf(this.#settings.model()));
  }

  title(target: ModelTarget): string {
    switch (target.kind) {
      case 'user':
        return t('Switch Model');
      case 'workspace':
        return t('Switch Model for This Workspace');
      case 'chat':
        return t('Switch Model for This Chat');
      case 'command':
        return t('Switch Model for {0}', this.#titles.get(target.command) ?? target.command);
      case 'background':
        return t('Switch Model for Titles and Commit Messages');
      default:
        return target satisfies never;
    }
  }

  purpose(target: ModelTarget): ModelPurpose {
    if (target.kind === 'command') {
      return target.command === promptCommandIds.commitMessage ? 'background' : 'code';
    }
    return target.kind === 'background' ? 'background' : 'chat';
  }

  /** Asks what to choose the model for; absent if the user cancels. */
  async pick(present: ModelTarget): Promise<ModelTarget | undefined> {
    const picked = await vscode.window.showQuickPick(
      [
        this.#item({ kind: 'user' }, `$(account) ${t('All workspaces')}`, present),
        ...(vscode.workspace.workspaceFolders === undefined
          ? []
          : [this.#item({ kind: 'workspace' }, `$(root-folder) ${t('This workspace')}`, present)]),
        this.#item({ kind: 'chat' }, `$(comment-discussion) ${t('This chat')}`, present),
        this.#item({ kind: 'background' }, `$(watch) ${t('Titles and commit messages')}`, present),
        { label: t('for one command only'), kind: vscode.QuickPickItemKind.Separator, target: present },
        ...Object.values(promptCommandIds).map((command) =>
          this.#item({ kind: 'command', command }, this.#titles.get(command) ?? command, present),
        ),
      ],
      { title: t('Switch Model For'), matchOnDescription: true },
    );
    return picked?.target;
  }

  #item(
    target: ModelTarget,
    label: string,
    present: ModelTarget,
  ): vscode.QuickPickItem & { readonly target: ModelTarget } {
    const own = this.own(target);
    return {
      label,
      description: [
        own === undefined ? '' : this.#catalog.nameOf(own),
        ...(isSame(target, present) ? ['$(check)'] : []),
      ].join('  '),
      target,
    };
  }
}

function isSame(one: ModelTarget, other: ModelTarget): boolean {
  return (
    one.kind === other.kind &&
    (one.kind !== 'command' || other.kind !== 'command' || one.command === other.command)
  );
}
