import * as z from 'zod/mini';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Answer, Message } from '../../core/conversation/message.ts';
import type { AnswerPart, QuestionPart } from '../../core/conversation/part.ts';
import { isModelId } from '../../core/model/modelSections.ts';
import { toPicoDollars } from '../../core/money/money.ts';
import { isTooDeep, objectIn, parseJson, textIn } from '../../core/util/json.ts';
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

/** Content that is in the file: an address would be asked for from wherever it leads to. */
const stored = { url: z.string().check(z.refine((url) => /^data:/i.test(url))) };

const questionPart = z.discriminatedUnion('type', [
  text,
  z.object({ type: z.literal('context'), item: z.extend(contextData, { text: z.string() }) }),
  z.extend(mediaData, { ...stored, type: z.enum(['image', 'file']) }),
  z.extend(audioData, { type: z.literal('audio') }),
]);

const answerPart = z.discriminatedUnion('type', [
  text,
  z.extend(reasoningData, { type: z.literal('reasoning'), text: z.string() }),
  z.extend(generatedImageData, { ...stored, type: z.literal('generatedImage') }),
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

const question = z.object({ ...base, role: z.literal('user'), parts: z.array(z.unknown()) });

const answered = z.object({
  ...base,
  role: z.literal('assistant'),
  parts: z.array(z.unknown()),
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

const message = z.union([question, answered]);
const flatMessage = z.union([question, flatAnswered]);

type ReadMessage = z.infer<typeof message>;
type ReadQuestion = z.infer<typeof question>;

/** A chat as an importable JSON file. What the service read in documents is left out: it can be read again. */
export function chatToJson({ title, createdAt, model, messages }: Conversation): string {
  const kept = messages.map((each) =>
    each.role === 'user' ? each : { ...each, parts: each.parts.filter(({ type }) => type !== 'parsedFiles') },
  );
  return `${JSON.stringify({ format, version, title, createdAt, model, messages: kept }, null, 2)}\n`;
}

/** Cleans a file's text: anyone may have written it. */
export interface ImportGuard {
  cleanText(text: string): Promise<CleanText>;
  cleanItem(item: ContextItem): Promise<CleanItem>;
}

/**
 * Reads a chat under new ids, so that it can coexist with the original; absent if the text isn't such a file. What of it
 * can't be read, or isn't in the file, is left out and counted.
 */
export async function chatFromJson(
  text: string,
  newId: () => string,
  guard: ImportGuard,
): Promise<Conversation | undefined> {
  const { data: file } = chatFile.safeParse(parseJson(text));
  const read = file && readMessages(file.messages, file.version === version ? message : flatMessage);
  if (!file || !read || !isTree(read.messages)) {
    return undefined;
  }
  const ids = new Map(read.messages.map(({ id }) => [id, newId()]));
  let unreadable = read.unreadable;
  const toMessage = async (each: ReadMessage): Promise<Message> => {
    const parentId = ids.get(each.parentId ?? '');
    const common = {
      id: ids.get(each.id) ?? newId(),
      createdAt: each.createdAt,
      ...(parentId !== undefined && { parentId }),
    };
    if (isQuestion(each)) {
      const parts = readParts(each.parts, questionPart);
      unreadable += each.parts.length - parts.length;
      const cleaned = parts.map((part) => toQuestionPart(part, guard));
      return { ...common, role: 'user', parts: await Promise.all(cleaned) };
    }
    const parts = readParts(each.parts, answerPart);
    unreadable += each.parts.length - parts.length;
    const saved = fromAnswer(each.answer, true);
    return {
      ...common,
      role: 'assistant',
      parts: await Promise.all(parts.map((part) => toAnswerPart(part, guard))),
      answer: file.version === 1 ? withExactCosts(saved) : saved,
    };
  };
  const { title, createdAt, model } = file;
  const messages = await Promise.all(read.messages.map(toMessage));
  return {
    id: newId(),
    title,
    createdAt,
    ...(model !== undefined && { model }),
    messages,
    ...(unreadable > 0 && { unreadable }),
  };
}

function isQuestion(each: ReadMessage): each is ReadQuestion {
  return each.role === 'user';
}

/** The messages that can be read, and how many can't. Absent if none can: it is no chat then. */
function readMessages(
  all: readonly unknown[],
  form: typeof message | typeof flatMessage,
): { readonly messages: readonly ReadMessage[]; readonly unreadable: number } | undefined {
  const messages: ReadMessage[] = [];
  const parents = new Map<string, string | undefined>();
  for (const each of all) {
    const { data } = isTooDeep(each) ? {} : form.safeParse(each);
    if (data) {
      const parentId = readableParent(data.parentId, parents);
      messages.push({ ...data, parts: [...data.parts], parentId });
    } else {
      const { id, parentId } = objectIn(each) ?? {};
      parents.set(textIn(id) ?? '', readableParent(textIn(parentId), parents));
    }
  }
  return messages.length === 0 && all.length > 0
    ? undefined
    : { messages, unreadable: all.length - messages.length };
}

/** What followed a message that can't be read follows what that one followed. */
function readableParent(
  parentId: string | undefined,
  parents: ReadonlyMap<string, string | undefined>,
): string | undefined {
  return parentId !== undefined && parents.has(parentId) ? parents.get(parentId) : parentId;
}

function readParts<Part>(
  all: readonly unknown[],
  form: { safeParse(value: unknown): { readonly data?: Part | undefined } },
): readonly Part[] {
  return all.flatMap((each) => {
    const { data } = form.safeParse(each);
    return data === undefined ? [] : [data];
  });
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

async function toAnswerPart(part: z.infer<typeof answerPart>, guard: ImportGuard): Promise<AnswerPart> {
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
