import * as z from 'zod/mini';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Answer, Generation, Message, Part } from '../../core/conversation/message.ts';
import { isModelId } from '../../core/model/modelSections.ts';
import { toPicoDollars } from '../../core/money/money.ts';
import { answer, audioData, contextData, fromAnswer, fromContext, mediaData } from './storedMessage.ts';

const format = 'switchboard.chat';
/** Files of version 1 have costs in micro-dollars. */
const version = 2;

const part = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['text', 'reasoning']), text: z.string() }),
  z.object({ type: z.literal('context'), item: z.extend(contextData, { text: z.string() }) }),
  z.extend(mediaData, { type: z.enum(['image', 'file']) }),
  z.extend(audioData, { type: z.literal('audio') }),
]);

/** Longer ids nobody gives, in characters. */
const maxModelIdLength = 200;

/** Milliseconds since the epoch, as far as a date goes. */
const moment = z.int().check(z.gte(0), z.lte(8_640_000_000_000_000));

const base = {
  id: z.string(),
  parentId: z.optional(z.string()),
  createdAt: moment,
  parts: z.array(part),
};

const chatFile = z.object({
  format: z.literal(format),
  version: z.literal([1, version]),
  title: z.string(),
  createdAt: moment,
  /** One that cannot be a model's id is left out, and the chat asks the general one. */
  model: z.catch(z.optional(z.string().check(z.maxLength(maxModelIdLength), z.refine(isModelId))), undefined),
  messages: z.array(
    z.discriminatedUnion('role', [
      z.object({ ...base, role: z.literal('user') }),
      z.object({ ...base, role: z.literal('assistant'), answer }),
    ]),
  ),
});

/** A chat as a JSON file that can be imported again. */
export function chatToJson({ title, createdAt, model, messages }: Conversation): string {
  return `${JSON.stringify({ format, version, title, createdAt, model, messages }, null, 2)}\n`;
}

/** Cleans what a file holds: anybody may have written it. */
export interface ImportGuard {
  cleanText(text: string): Promise<CleanText>;
  cleanItem(item: ContextItem): Promise<CleanItem>;
}

/**
 * Reads a chat back, under new ids, so that it can stand beside the one that it came from; nothing where the text is
 * no such file.
 */
export async function chatFromJson(
  text: string,
  newId: () => string,
  guard: ImportGuard,
): Promise<Conversation | undefined> {
  const { data } = chatFile.safeParse(parse(text));
  if (!data || !isTree(data.messages)) {
    return undefined;
  }
  const ids = new Map(data.messages.map(({ id }) => [id, newId()]));
  const toMessage = async (message: (typeof data.messages)[number]): Promise<Message> => {
    const parent = ids.get(message.parentId ?? '');
    const common = {
      id: ids.get(message.id) ?? newId(),
      createdAt: message.createdAt,
      ...(parent !== undefined && { parentId: parent }),
      parts: await Promise.all(message.parts.map((each) => toPart(each, guard))),
    };
    return message.role === 'user'
      ? { ...common, role: 'user' }
      : { ...common, role: 'assistant', answer: inVersion(data.version, fromAnswer(message.answer, true)) };
  };
  const messages = await Promise.all(data.messages.map(toMessage));
  const { title, createdAt, model } = data;
  return { id: newId(), title, createdAt, ...(model !== undefined && { model }), messages };
}

async function toPart(each: z.infer<typeof part>, guard: ImportGuard): Promise<Part> {
  switch (each.type) {
    case 'text':
    case 'reasoning':
      return { type: each.type, text: await guard.cleanText(each.text) };
    case 'context':
      return { type: each.type, item: await guard.cleanItem(fromContext(each.item, each.item.text)) };
    case 'image':
    case 'file':
    case 'audio':
      return { ...each, name: await guard.cleanText(each.name) };
    default:
      return each satisfies never;
  }
}

/** Whether each message is there once, and after the one that it follows: no way through them goes in a circle. */
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

function inVersion(from: number, answer: Answer): Answer {
  if (from === version) {
    return answer;
  }
  const withExactCost = <T extends Generation>(each: T): T =>
    each.usage?.cost === undefined
      ? each
      : { ...each, usage: { ...each.usage, cost: toPicoDollars(each.usage.cost) } };
  const { earlier } = answer;
  return { ...withExactCost(answer), ...(earlier && { earlier: earlier.map(withExactCost) }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
