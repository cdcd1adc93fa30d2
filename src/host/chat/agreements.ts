import type { ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { RequestEstimate } from '../../core/conversation/generation/requestEstimate.ts';
import { lengthProblemOf } from '../../core/conversation/session/chatLength.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { Settings } from '../platform/settings.ts';
import { confirmCost } from '../words/confirmCost.ts';
import { confirmLength } from '../words/confirmLength.ts';
import type { AskFlowParts } from './askFlow.ts';

/** What the user is asked before a request is sent: what to do where it is too long, and whether it may cost so much. */
export function agreements({
  catalog,
  settings,
  estimate,
  pricesKnown,
}: {
  readonly catalog: Pick<ModelCatalog, 'find' | 'nameOf'>;
  readonly settings: Settings;
  readonly estimate: (request: ChatRequest) => RequestEstimate;
  readonly pricesKnown: () => Promise<void>;
}): Pick<AskFlowParts, 'length' | 'confirm'> {
  return {
    length: async (request, offersNewChat, returned) => {
      await pricesKnown();
      const problem = lengthProblemOf(request, (id) => catalog.find(id));
      if (!problem) {
        return 'send';
      }
      const choice = await confirmLength(problem, catalog.nameOf(request.model), offersNewChat);
      returned?.();
      return choice;
    },
    confirm: async (request, returned) => {
      await pricesKnown();
      return confirmCost([estimate(request)], settings, returned);
    },
  };
}
