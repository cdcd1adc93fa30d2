import * as z from 'zod/mini';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { Answer, Message, Part } from '../../core/conversation/message.ts';
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
  type: z.enum(['text', 'reasoning', 'context']),
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
  usage: z.optional(
    z.object({
      promptTokens: z.number(),
      completionTokens: z.number(),
      cost: z.optional(z.number()),
      estimated: z.optional(z.boolean()),
    }),
  ),
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
  if (part.type !== 'context') {
    return { text: part.text, data: null };
  }
  const { text, ...data } = part.item;
  return { text, data: JSON.stringify(data) };
}

/** Reads a part back; throws on a row that was not written by us. */
export function fromPartRow(row: z.infer<typeof partRow>): Part {
  if (row.type !== 'context') {
    return { type: row.type, text: row.text };
  }
  return { type: 'context', item: fromContext(contextData.parse(JSON.parse(row.data ?? 'null')), row.text) };
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
