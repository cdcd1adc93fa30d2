import * as z from 'zod/mini';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Answer, Message } from '../../core/conversation/message.ts';
import type { AnswerPart, QuestionPart } from '../../core/conversation/part.ts';
import { isModelId } from '../../core/model/modelSections.ts';
import { toPicoDollars } from '../../core/money/money.ts';
import { parseJson } from '../../core/util/json.ts';
import { flatAnswer, fromFlatAnswer } from './flatAnswer.ts';
import { answer, fromAnswer } from './storedMessage.ts';
import {
  audioData,
  contextData,
  fromContext,
  fromReasoning,
  generatedImageData,
  mediaData,
  reasoningData,
  sourcesData,
  toolCallData,
  toolResultData,
} from './storedPart.ts';

const format = 'switchboard.chat';
/** Files of version 1 have costs in micro-dollars; those before version 3, answers that are not in parts. */
const version = 3;

const text = z.object({ type: z.literal('text'), text: z.string() });

const questionPart = z.discriminatedUnion('type', [
  text,
  z.object({ type: z.literal('context'), item: z.extend(contextData, { text: z.string() }) }),
  z.extend(mediaData, { type: z.enum(['image', 'file']) }),
  z.extend(audioData, { type: z.literal('audio') }),
]);

const answerPart = z.discriminatedUnion('type', [
  text,
  z.extend(reasoningData, { type: z.literal('reasoning'), text: z.string() }),
  z.extend(generatedImageData, { type: z.literal('generatedImage') }),
  z.extend(sourcesData, { type: z.literal('sources') }),
  z.extend(toolCallData, { type: z.literal('toolCall') }),
  z.extend(toolResultData, { type: z.literal('toolResult'), text: z.string() }),
]);

/** No real id is longer, in characters. */
const maxModelIdLength = 200;

/** Milliseconds since the epoch, within the range of dates. */
const moment = z.int().check(z.gte(0), z.lte(8_640_000_000_000_000));

const base = {
  id: z.string(),
  parentId: z.optional(z.string()),
  createdAt: moment,
};

const chatFile = z.object({
  format: z.literal(format),
  version: z.literal([1, 2, version]),
  title: z.string(),
  createdAt: moment,
  /** An invalid model id is dropped, and the chat uses the default. */
  model: z.catch(z.optional(z.string().check(z.maxLength(maxModelIdLength), z.refine(isModelId))), undefined),
  messages: z.array(z.unknown()),
});

const question = z.object({ ...base, role: z.literal('user'), parts: z.array(questionPart) });

const answered = z.object({
  ...base,
  role: z.literal('assistant'),
  parts: z.array(answerPart),
  answer,
});

/** An answer as files had it before version 3. */
const flatAnswered = z.pipe(
  z.object({
    ...base,
    role: z.literal('assistant'),
    parts: z.array(z.object({ type: z.enum(['text', 'reasoning']), text: z.string() })),
    answer: flatAnswer,
  }),
  z.transform(({ parts, answer: flat, ...others }) => ({ ...others, ...fromFlatAnswer(flat, parts) })),
);

const messages = z.array(z.union([question, answered]));
const flatMessages = z.array(z.union([question, flatAnswered]));

/** A chat as an importable JSON file. */
export function chatToJson({ title, createdAt, model, messages }: Conversation): string {
  return `${JSON.stringify({ format, version, title, createdAt, model, messages }, null, 2)}\n`;
}

/** Cleans a file's text: anyone may have written it. */
export interface ImportGuard {
  cleanText(text: string): Promise<CleanText>;
  cleanItem(item: ContextItem): Promise<CleanItem>;
}

/** Reads a chat under new ids, so that it can coexist with the original; absent if the text isn't such a file. */
export async function chatFromJson(
  text: string,
  newId: () => string,
  guard: ImportGuard,
): Promise<Conversation | undefined> {
  const { data: file } = chatFile.safeParse(parseJson(text));
  const { data: read } = (file?.version === version ? messages : flatMessages).safeParse(file?.messages);
  if (!file || !read || !isTree(read)) {
    return undefined;
  }
  const ids = new Map(read.map(({ id }) => [id, newId()]));
  const toMessage = async (message: (typeof read)[number]): Promise<Message> => {
    const parentId = ids.get(message.parentId ?? '');
    const common = {
      id: ids.get(message.id) ?? newId(),
      createdAt: message.createdAt,
      ...(parentId !== undefined && { parentId }),
    };
    if (message.role === 'user') {
      const parts = message.parts.map((part) => toQuestionPart(part, guard));
      return { ...common, role: 'user', parts: await Promise.all(parts) };
    }
    const saved = fromAnswer(message.answer, true);
    return {
      ...common,
      role: 'assistant',
      parts: await Promise.all(message.parts.map((part) => toAnswerPart(part, guard))),
      answer: file.version === 1 ? withExactCosts(saved) : saved,
    };
  };
  const { title, createdAt, model } = file;
  return {
    id: newId(),
    title,
    createdAt,
    ...(model !== undefined && { model }),
    messages: await Promise.all(read.map(toMessage)),
  };
}

async function toQuestionPart(part: z.infer<typeof questionPart>, guard: ImportGuard): Promise<QuestionPart> {
  switch (part.type) {
    case 'text':
      return { type: part.type, text: await guard.cleanText(part.text) };
    case 'context':
      return { type: part.type, item: await guard.cleanItem(fromContext(part.item, part.item.text)) };
    case 'image':
    case 'file':
    case 'audio':
      return { ...part, name: await guard.cleanText(part.name) };
    default:
      return part satisfies never;
  }
}

async function toAnswerPart(
  part: z.infer<typeof answerPart> | AnswerPart,
  guard: ImportGuard,
): Promise<AnswerPart> {
  switch (part.type) {
    case 'text':
    case 'toolResult':
      return { ...part, text: await guard.cleanText(part.text) };
    case 'reasoning':
      return fromReasoning(part, await guard.cleanText(part.text));
    case 'toolCall':
      return {
        ...part,
        name: await guard.cleanText(part.name),
        arguments: await guard.cleanText(part.arguments),
      };
    case 'generatedImage':
    case 'sources':
      return part;
    default:
      return part satisfies never;
  }
}

/** Whether each message occurs once, after its parent: there are no cycles. */
function isTree(
  messages: readonly { readonly id: string; readonly parentId?: string | undefined }[],
): boolean {
  const all = new Set(messages.map(({ id }) => id));
  const known = new Set<string>();
  return messages.every(({ id, parentId }) => {
    const fits = !known.has(id) && (parentId === undefined || known.has(parentId) || !all.has(parentId));
    known.add(id);
    return fits;
  });
}

function withExactCosts(saved: Answer): Answer {
  const generations = saved.generations.map((each) =>
    each.usage?.cost === undefined
      ? each
      : { ...each, usage: { ...each.usage, cost: toPicoDollars(each.usage.cost) } },
  );
  return { ...saved, generations };
}
