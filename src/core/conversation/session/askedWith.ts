import type { RequestSettings } from '../../model/requestSettings.ts';
import type { AskedWith } from '../message.ts';

/** The feature of what is asked in a chat itself. */
export const chatFeature = 'chat';

/** What an answer keeps of how it was asked for; nothing if the chat asked as it does by itself. */
export function askedWith(
  changes: Partial<RequestSettings>,
  feature: string | undefined,
  chatModel: string,
  leftOut = 0,
): AskedWith | undefined {
  const { model, fallbackModels, maxTokens } = changes;
  const kept: AskedWith = {
    ...(feature !== undefined && feature !== chatFeature && { feature }),
    ...(model !== undefined && model !== chatModel && { model, insteadOf: chatModel }),
    ...(fallbackModels !== undefined && { fallbackModels }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(leftOut > 0 && { leftOut }),
  };
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** The changes that ask the same once more; another model that the user has chosen for the chat since then counts. */
export function changesOf(asked: AskedWith | undefined, chatModel: string): Partial<RequestSettings> {
  const { model, insteadOf, fallbackModels, maxTokens } = asked ?? {};
  const length = maxTokens !== undefined && { maxTokens };
  if (model !== undefined && insteadOf !== chatModel) {
    return { ...length };
  }
  return {
    ...(model !== undefined && { model }),
    ...(fallbackModels && { fallbackModels }),
    ...length,
  };
}
