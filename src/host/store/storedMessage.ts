import * as z from 'zod/mini';
import type { Answer, Message } from '../../core/conversation/message.ts';
import type { RequestErrorKind } from '../../core/model/requestError.ts';
import { parseJson } from '../../core/util/json.ts';
import { fromAnswerRow, fromQuestionRow, type partRow } from './storedPart.ts';

/** A row of `message`, as SQLite returns it. */
export const messageRow = z.object({
  id: z.string(),
  parent_id: z.nullable(z.string()),
  role: z.enum(['user', 'assistant']),
  created_at: z.number(),
  owner: z.nullable(z.string()),
  answer: z.nullable(z.string()),
});

const failure = z.object({
  // Kinds are ours; unknown ones read as the general one.
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
  flaggedInput: z.optional(z.string()),
});

const usage = z.object({
  promptTokens: z.number(),
  completionTokens: z.number(),
  cachedTokens: z.optional(z.number()),
  reasoningTokens: z.optional(z.number()),
  cost: z.optional(z.number()),
  ownKeyCost: z.optional(z.number()),
  estimated: z.optional(z.boolean()),
  unsound: z.optional(z.boolean()),
});

/** What is kept of one generation. */
export const generation = z.object({
  generationId: z.optional(z.string()),
  model: z.optional(z.string()),
  provider: z.optional(z.string()),
  cached: z.optional(z.boolean()),
  attempts: z.optional(
    z.array(
      z.object({ model: z.string(), provider: z.optional(z.string()), status: z.optional(z.number()) }),
    ),
  ),
  routing: z.optional(
    z.object({
      strategy: z.optional(z.string()),
      summary: z.optional(z.string()),
      region: z.optional(z.string()),
      endpoints: z.optional(z.number()),
      providers: z.optional(z.array(z.string())),
      task: z.optional(z.string()),
    }),
  ),
  usage: z.optional(usage),
});

/** How an answer stands. */
export const outcome = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['pending', 'done', 'stopped', 'interrupted', 'cut']) }),
  z.object({ state: z.literal('failed'), failure }),
]);

/** An answer's stored data besides its parts. */
export const answer = z.pipe(
  z.object({
    requestedModel: z.string(),
    askedWith: z.optional(
      z.object({
        feature: z.optional(z.string()),
        model: z.optional(z.string()),
        insteadOf: z.optional(z.string()),
        fallbackModels: z.optional(z.array(z.string())),
        maxTokens: z.optional(z.number()),
        leftOut: z.optional(z.number()),
      }),
    ),
    generations: z.array(generation),
    outcome,
    timing: z.optional(z.object({ firstTokenMs: z.optional(z.number()), endMs: z.number() })),
  }),
  // Parsed JSON never has an explicit `undefined`; this tells the compiler.
  z.transform((saved): Answer => saved as Answer),
);

/**
 * Reads a message back, and how many of its parts cannot be read; nothing where the message itself cannot. `lost` says
 * that whoever was writing its answer is gone.
 */
export function fromMessageRow(
  row: z.infer<typeof messageRow>,
  partRows: readonly z.infer<typeof partRow>[],
  lost: boolean,
): { readonly message: Message; readonly unreadable: number } | undefined {
  const base = {
    id: row.id,
    createdAt: row.created_at,
    ...(row.parent_id === null ? {} : { parentId: row.parent_id }),
  };
  if (row.role === 'user') {
    const parts = partRows.flatMap((each) => fromQuestionRow(each) ?? []);
    return { message: { ...base, role: 'user', parts }, unreadable: partRows.length - parts.length };
  }
  const saved = answer.safeParse(parseJson(row.answer ?? 'null')).data;
  const parts = partRows.flatMap((each) => fromAnswerRow(each) ?? []);
  return (
    saved && {
      message: { ...base, role: 'assistant', parts, answer: fromAnswer(saved, lost) },
      unreadable: partRows.length - parts.length,
    }
  );
}

/** An answer from its stored data; `lost` says that nobody writes it anymore. */
export function fromAnswer(saved: Answer, lost: boolean): Answer {
  return lost && saved.outcome.state === 'pending' ? { ...saved, outcome: { state: 'interrupted' } } : saved;
}
