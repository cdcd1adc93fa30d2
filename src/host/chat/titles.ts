import type { ChatModel, ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import { costAbove, type RequestEstimate } from '../../core/conversation/generation/requestEstimate.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { askTitle, titleRequest } from '../../core/prompts/chatTitle.ts';
import type { Settings } from '../platform/settings.ts';

/** What giving titles needs. */
export interface TitleParts {
  readonly chat: () => Promise<ChatModel>;
  readonly catalog: ModelCatalog;
  readonly settings: Settings;
  readonly estimate: (request: ChatRequest) => RequestEstimate;
}

/**
 * Has the model for small things give a chat its title after the first answer, where the user has set such a model. It
 * asks nobody about the price: what is above the budget of a request is not sent. Throws a `RequestError`.
 */
export async function giveTitle(
  session: ChatSession,
  { chat, catalog, settings, estimate }: TitleParts,
  signal: AbortSignal,
): Promise<void> {
  const id = settings.backgroundModel();
  if (id === undefined) {
    return;
  }
  const before = session.conversation;
  const request = titleRequest(before, { settings: settings.request(id), model: catalog.find(id) });
  if (!request || costAbove(settings.budgetPerRequest(), estimate(request).cost)) {
    return;
  }
  const title = await askTitle(await chat(), request, signal);
  // Whoever has named it meanwhile knows better.
  if (title !== undefined && session.conversation.title === before.title) {
    session.setTitle(title);
  }
}
