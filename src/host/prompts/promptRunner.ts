import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import { estimateTokens } from '../../core/context/contextItem.ts';
import type { ChatModel, ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import { RequestEstimator } from '../../core/conversation/generation/requestEstimator.ts';
import {
  runBudgetFor,
  runWithOneMore,
  type RequestEstimate,
} from '../../core/conversation/generation/requestEstimate.ts';
import { modelNamed } from '../../core/model/namedModel.ts';
import type { ChooseModel } from '../../core/prompts/files/promptFile.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { Model } from '../../core/model/model.ts';
import { fitTo, type RequestSettings } from '../../core/model/requestSettings.ts';
import {
  runStructuredPrompt,
  structuredRequest,
  type AnyStructuredPrompt,
  type StructuredAnswer,
} from '../../core/prompts/structured/structuredPrompt.ts';
import { withInstructions } from '../../core/prompts/instructions.ts';
import { confirmCost, confirmRepair } from '../words/confirmCost.ts';
import type { CommandId } from '../platform/contributions.ts';
import { requestSettings } from '../platform/requestSettings.ts';
import type { Settings } from '../platform/settings.ts';

export interface RunnerParts {
  readonly chat: () => Promise<ChatModel>;
  readonly catalog: ModelCatalog;
  readonly settings: Settings;
  readonly instructions: SentInstructions;
}

/** The instructions of the user and the workspace, which every request begins with. */
export interface SentInstructions {
  /** Reads them, unless already known. */
  load(): Promise<void>;
  /** As last read; what the user removed from a conversation isn't sent in it. */
  itemsFor(conversationId?: string): readonly CleanItem[];
}

/** One run of a command's prompt. */
export interface PromptRun<In, Out> {
  readonly prompt: AnyStructuredPrompt<In, Out>;
  readonly input: In;
  /** Whose model is asked. */
  readonly command: CommandId;
  /** Replaces that model. */
  readonly model?: string | undefined;
  /** Says what is being done, for example `Fixing cart.ts:10-24`. */
  readonly title: string;
  /** About how many tokens the input has. */
  readonly tokens: number;
}

/** An answer and the requested model. */
export interface PromptAnswer<Out> extends StructuredAnswer<Out> {
  readonly model: string;
  /** The name of the model that answered, as far as the service says which. */
  readonly answeredBy?: string;
}

/** Asks for structured answers, with a cancelable progress notification. */
export class PromptRunner {
  readonly #parts: RunnerParts;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** The settings of a command's request with about this many input tokens. */
  settingsFor(command: CommandId, tokens: number, model?: string): RequestSettings {
    const { settings, catalog } = this.#parts;
    const set = {
      ...requestSettings(settings, model ?? settings.commandModel(command)),
      ...(model === undefined && this.fallbacksOf(command)),
    };
    return fitTo(set, catalog.find(set.model), tokens, (id) => catalog.find(id));
  }

  /** A command's own model; absent if none. */
  ownModelOf(command: CommandId): string | undefined {
    return this.#parts.settings.ownModelOf(command);
  }

  /** Chooses a model by its name, once the catalog is there. */
  async modelChooser(): Promise<ChooseModel> {
    const { catalog } = this.#parts;
    await catalog.ready();
    return (names) => modelNamed(names, catalog.models);
  }

  /** A command's own fallback models; nothing if it uses those for all. */
  fallbacksOf(command: CommandId): Pick<RequestSettings, 'fallbackModels'> {
    const own = this.#parts.settings.fallbacksOf(command);
    return own === undefined ? {} : { fallbackModels: own };
  }

  /** The catalog entry of the settings' model. */
  modelOf({ model }: RequestSettings): Model | undefined {
    return this.#parts.catalog.find(model);
  }

  /** A prompt's system text with the instructions, as last read; see `SentInstructions`. */
  systemOf(
    { system }: Pick<AnyStructuredPrompt<never, unknown>, 'system'>,
    conversationId?: string,
  ): CleanText {
    return withInstructions(system, this.#parts.instructions.itemsFor(conversationId));
  }

  #answeredBy({ origin }: StructuredAnswer<unknown>): Pick<PromptAnswer<unknown>, 'answeredBy'> {
    return origin?.model === undefined ? {} : { answeredBy: this.#parts.catalog.nameOf(origin.model) };
  }

  #estimate(request: ChatRequest): RequestEstimate {
    return new RequestEstimator(this.#parts.catalog, Date.now).estimate(request);
  }

  /** Returns nothing if the user cancels, also because of the cost; throws a `RequestError`. */
  async run<In, Out>(run: PromptRun<In, Out>): Promise<PromptAnswer<Out> | undefined> {
    const { prompt, input, command, title, tokens, model } = run;
    const { chat, settings: all, instructions } = this.#parts;
    await instructions.load();
    const system = this.systemOf(prompt);
    const settings = this.settingsFor(command, tokens + estimateTokens(system), model);
    const about = { settings, feature: command, model: this.modelOf(settings), system };
    const request = structuredRequest(prompt, input, about);
    await this.#parts.catalog.ready();
    const estimates = [this.#estimate(request)];
    if (!(await confirmCost(estimates, all))) {
      return undefined;
    }
    const budget = runBudgetFor(estimates, all.budgetPerRequest(), () => crypto.randomUUID());
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      const stop = new AbortController();
      const subscription = token.onCancellationRequested(() => {
        stop.abort();
      });
      try {
        const answer = await runStructuredPrompt(prompt, input, {
          ...about,
          request,
          chat: await chat(),
          ...(budget && {
            run: budget,
            moreBudget: async (again, spent) => {
              const repair = this.#estimate(again);
              return (await confirmRepair(repair, spent, all))
                ? runWithOneMore(budget, repair, spent?.cost ?? 0)
                : undefined;
            },
          }),
          signal: stop.signal,
          onWaiting: (milliseconds) => {
            progress.report({ message: t('retrying in {0} s', Math.ceil(milliseconds / 1_000)) });
          },
        });
        return answer && { ...answer, model: settings.model, ...this.#answeredBy(answer) };
      } finally {
        subscription.dispose();
      }
    });
  }
}
