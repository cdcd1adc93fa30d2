import * as z from 'zod/mini';
import type { CleanItem } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { asSaved } from '../../core/context/trusted.ts';
import { audioFormats, type Answer, type Message, type Part } from '../../core/conversation/message.ts';
import type { RequestErrorKind } from '../../core/model/requestError.ts';

/** One row of `message`, as SQLite returns it. */
export const messageRow = z.object({
  id: z.string(),
  parent_id: z.nullable(z.string()),
  role: z.enum(['user', 'assistant']),
  created_at: z.number(),
  owner: z.nullable(z.string()),
  answer: z.nullable(z.string()),
});

/** One row of `part`, with the message it belongs to. */
export const partRow = z.object({
  message_id: z.string(),
  type: z.enum(['text', 'reasoning', 'context', 'image', 'file', 'audio']),
  text: z.string(),
  data: z.nullable(z.string()),
});

/** What is kept of an attached item beside its text. */
export const contextData = z.object({
  id: z.string(),
  label: z.string(),
  path: z.string(),
  languageId: z.string(),
  lines: z.optional(z.object({ start: z.number(), end: z.number() })),
  tokens: z.number(),
});

/** What is kept of a picture or a document. */
export const mediaData = z.object({ name: z.string(), url: z.string() });
/** What is kept of a sound. */
export const audioData = z.object({ name: z.string(), format: z.enum(audioFormats), data: z.string() });

const failure = z.object({
  // Kinds are ours; one that this version does not know reads as the general one.
  kind: z.pipe(
    z.string(),
    z.transform((kind): RequestErrorKind => kind as RequestErrorKind),
  ),
  status: z.optional(z.number()),
  detail: z.optional(z.string()),
  retryAfter: z.optional(z.number()),
  resetAt: z.optional(z.number()),
  affordableTokens: z.optional(z.number()),
  alternatives: z.optional(z.array(z.string())),
  excludedBy: z.optional(z.array(z.string())),
  reasons: z.optional(z.array(z.string())),
});

const usage = z.object({
  promptTokens: z.number(),
  completionTokens: z.number(),
  cachedTokens: z.optional(z.number()),
  reasoningTokens: z.optional(z.number()),
  cost: z.optional(z.number()),
  ownKeyCost: z.optional(z.number()),
  estimated: z.optional(z.boolean()),
});

/** What is kept of an answer beside its parts. */
export const answer = z.object({
  requestedModel: z.string(),
  model: z.optional(z.string()),
  provider: z.optional(z.string()),
  generationId: z.optional(z.string()),
  outcome: z.discriminatedUnion('state', [
    z.object({ state: z.enum(['pending', 'done', 'stopped', 'interrupted', 'cut']) }),
    z.object({ state: z.literal('failed'), failure }),
  ]),
  usage: z.optional(usage),
  earlier: z.optional(z.array(z.object({ generationId: z.optional(z.string()), usage: z.optional(usage) }))),
  attempts: z.optional(
    z.array(
      z.object({ model: z.string(), provider: z.optional(z.string()), status: z.optional(z.number()) }),
    ),
  ),
  sources: z.optional(z.array(z.object({ url: z.string(), title: z.string() }))),
  images: z.optional(z.array(z.string())),
  timing: z.optional(
    z.object({
      firstTokenMs: z.optional(z.number()),
      firstTextMs: z.optional(z.number()),
      endMs: z.number(),
    }),
  ),
  reasoningDetails: z.optional(z.array(z.unknown())),
});

/** The text and the JSON columns of a part. */
export function toPartColumns(part: Part): { readonly text: string; readonly data: string | null } {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return { text: part.text, data: null };
    case 'context': {
      const { text, ...data } = part.item;
      return { text, data: JSON.stringify(data) };
    }
    case 'image':
    case 'file':
    case 'audio': {
      const { type: _type, ...data } = part;
      return { text: '', data: JSON.stringify(data) };
    }
    default:
      return part satisfies never;
  }
}

/** Reads a part back, which was clean when it was saved; throws on a row that was not written by us. */
export function fromPartRow({ type, text, data }: z.infer<typeof partRow>): Part {
  const saved: unknown = JSON.parse(data ?? 'null');
  switch (type) {
    case 'text':
    case 'reasoning':
      return { type, text: asSaved(text) };
    case 'context':
      return { type, item: savedItem(fromContext(contextData.parse(saved), text)) };
    case 'image':
    case 'file': {
      const media = mediaData.parse(saved);
      return { type, ...media, name: asSaved(media.name) };
    }
    case 'audio': {
      const sound = audioData.parse(saved);
      return { type, ...sound, name: asSaved(sound.name) };
    }
    default:
      return type satisfies never;
  }
}

function savedItem(item: ContextItem): CleanItem {
  const { path, languageId, text } = item;
  return { ...item, path: asSaved(path), languageId: asSaved(languageId), text: asSaved(text) };
}

/** An attached item from what was kept of it. */
export function fromContext({ lines, ...data }: z.infer<typeof contextData>, text: string): ContextItem {
  return { ...data, ...(lines && { lines }), text };
}

/** Reads a message back; `lost` says that whoever was writing its answer is gone. */
export function fromMessageRow(
  row: z.infer<typeof messageRow>,
  parts: readonly Part[],
  lost: boolean,
): Message {
  const base = {
    id: row.id,
    createdAt: row.created_at,
    parts,
    ...(row.parent_id === null ? {} : { parentId: row.parent_id }),
  };
  if (row.role === 'user') {
    return { ...base, role: 'user' };
  }
  const saved = answer.parse(JSON.parse(row.answer ?? 'null'));
  return { ...base, role: 'assistant', answer: fromAnswer(saved, lost) };
}

/** An answer from what was kept of it; `lost` says that nobody writes it any more. */
export function fromAnswer(kept: z.infer<typeof answer>, lost: boolean): Answer {
  const saved = withoutUndefined(kept);
  return lost && saved.outcome.state === 'pending' ? { ...saved, outcome: { state: 'interrupted' } } : saved;
}

/** JSON has no `undefined`, so what was parsed from it never holds an explicit one; this tells the compiler. */
function withoutUndefined(value: z.infer<typeof answer>): Answer {
  return value as Answer;
}
