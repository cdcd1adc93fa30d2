import type { ChatModel, ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import { mostOf, type RequestEstimate } from '../../core/conversation/generation/requestEstimate.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { askTitle, titleRequest } from '../../core/prompts/chatTitle.ts';
import { toPicoDollars, type PicoDollars } from '../../core/money/money.ts';
import { requestSettings } from '../platform/requestSettings.ts';
import type { Settings } from '../platform/settings.ts';

export interface TitleParts {
  readonly chat: () => Promise<ChatModel>;
  readonly catalog: ModelCatalog;
  readonly settings: Settings;
  readonly estimate: (request: ChatRequest) => RequestEstimate;
}

function mayExceed(estimate: RequestEstimate, limit: PicoDollars): boolean {
  return estimate.isUnlisted === true || (mostOf(estimate) ?? 0) > limit;
}

/**
 * Has the background model title a chat after its first answer, if the user has set one. It never asks about cost: a
 * request above the budget isn't sent. Throws a `RequestError`.
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
  const request = titleRequest(before, { settings: requestSettings(settings, id), model: catalog.find(id) });
  const limit = settings.budgetPerRequest();
  if (!request || (limit !== undefined && mayExceed(estimate(request), toPicoDollars(limit)))) {
    return;
  }
  const title = await askTitle(await chat(), request, signal);
  // A title set meanwhile wins.
  if (title !== undefined && session.conversation.title === before.title) {
    session.setTitle(title);
  }
}
