import { cut, prose, verbatim, type CleanText } from '../context/clean.ts';
import { textOf, type Message } from '../conversation/message.ts';
import type { ChatModel, ChatRequest } from '../conversation/generation/chatModel.ts';
import { withThoughtsApart } from '../conversation/generation/thoughts.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { titleFrom } from '../conversation/conversation.ts';
import type { Model } from '../model/model.ts';
import { effortsOf, fitTo, type RequestSettings } from '../model/requestSettings.ts';

/** The feature name in the ledger. */
export const titleFeature = 'title';

const system = prose`
  Write a title for the chat below: at most six words, in the language of its question, without quotation
  marks and without a full stop at the end. Answer with the title only.`;

/** Enough for a title; a model that must reason needs the rest. */
const maxTitleLength = 400;

/** How much of the question and answer is used, in characters. */
const maxExcerptLength = 2_000;

/** A model and its request settings. */
export interface TitleModel {
  readonly settings: RequestSettings;
  readonly model: Model | undefined;
}

/** The request for a title: for a chat that has its first answer and still its automatic title; absent otherwise. */
export function titleRequest(
  { title, messages }: Conversation,
  { settings, model }: TitleModel,
): ChatRequest | undefined {
  const [question, answer, ...others] = messages;
  const isFirst =
    question?.role === 'user' &&
    answer?.role === 'assistant' &&
    answer.answer.outcome.state === 'done' &&
    others.length === 0;
  if (!isFirst || title !== titleFrom(textOf(question))) {
    return undefined;
  }
  const excerpt = verbatim`${excerptOf(question)}\n\n${excerptOf(answer)}`;
  const { routing } = settings;
  const set = {
    model: settings.model,
    maxTokens: maxTitleLength,
    ...(routing && { routing }),
    ...minEffort(model),
  };
  return {
    ...fitTo(set, model, excerpt.length),
    system,
    messages: [
      { id: 'title', role: 'user', createdAt: question.createdAt, parts: [{ type: 'text', text: excerpt }] },
    ],
    feature: titleFeature,
  };
}

/** Asks for a title; absent if the answer has none. Throws a `RequestError`. */
export async function askTitle(
  chat: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  let text = '';
  for await (const event of withThoughtsApart(chat.stream(request, signal))) {
    text = event.type === 'thoughts' ? '' : text + (event.type === 'text' ? event.text : '');
  }
  // Some models introduce it.
  const lines = text.split(/\r?\n/).filter((each) => each.trim() !== '');
  const line = lines.find((each) => !/:\s*$/.test(each)) ?? '';
  const title = titleFrom(
    line.replace(/^[*#\s]*title:\s*/i, '').replace(/^["'“”„«»*#\s]+|["'“”„«»*.\s]+$/g, ''),
  );
  return title === '' || signal.aborted ? undefined : title;
}

function excerptOf(message: Message): CleanText {
  return cut(textOf(message), 0, maxExcerptLength);
}

/** A title needs no reasoning. */
function minEffort(model: Model | undefined): Pick<RequestSettings, 'reasoningEffort'> {
  const efforts = effortsOf(model);
  const least = (['none', 'minimal', 'low'] as const).find((effort) => efforts.includes(effort));
  return least === undefined ? {} : { reasoningEffort: least };
}
