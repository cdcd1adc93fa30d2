import * as vscode from 'vscode';
import type { ChatModel } from '../core/conversation/generation/chatModel.ts';
import type { RequestEstimator } from '../core/conversation/generation/requestEstimator.ts';
import { RetryingModel } from '../core/conversation/generation/retryingModel.ts';
import { OpenRouterClient } from '../core/openrouter/chat/client.ts';
import { titleFeature } from '../core/prompts/chatTitle.ts';
import { loggedModel } from '../core/usage/loggedModel.ts';
import { MeteredModel } from '../core/usage/meteredModel.ts';
import type { ModelMemory } from '../host/models/modelMemory.ts';
import { logError } from '../host/platform/log.ts';
import type { Services } from './services.ts';
import type { Store } from './store.ts';

/** What the models stand on, besides the services. */
interface StackParts {
  readonly store: Pick<Store, 'ledger' | 'reconciler'>;
  readonly estimator: RequestEstimator;
  readonly memory: Pick<ModelMemory, 'used'>;
}

/**
 * What every feature asks: the client, in the ledger with each of its requests, and tried again where that may help. It
 * loads the `openai` package.
 */
export function createModelStack(
  { server, settings, credit, log }: Services,
  { store: { ledger, reconciler }, estimator, memory }: StackParts,
): ChatModel {
  const client = loggedModel(
    new OpenRouterClient(server, () => settings.timeouts()),
    (line) => {
      log.info(line);
    },
    () => performance.now(),
  );
  const metered = new MeteredModel(client, {
    ledger,
    estimate: (request) => estimator.estimate(request),
    maxCost: (request) => estimator.maxCost(request),
    dayLimit: () => settings.budgetPerDay(),
    ended: (usage, isFreeRequest) => {
      credit.answered({ ...usage, isFreeRequest });
    },
    lookUp: (generationId) =>
      void reconciler.lookUp(generationId).then((usage) => {
        credit.answered(usage);
      }),
    workspace: () => vscode.workspace.name,
    now: Date.now,
    failed: (error) => {
      logError(log, error);
    },
  });
  return rememberingUses(new RetryingModel(metered), memory);
}

/** The same model; what it is asked for on the user's behalf is offered among the recent ones. */
function rememberingUses(model: ChatModel, memory: Pick<ModelMemory, 'used'>): ChatModel {
  return {
    stream: (request, signal) => {
      if (request.feature !== titleFeature) {
        void memory.used(request.model);
      }
      return model.stream(request, signal);
    },
  };
}
