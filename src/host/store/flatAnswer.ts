import * as z from 'zod/mini';
import type { CleanText } from '../../core/context/clean.ts';
import { asSaved } from '../../core/context/trusted.ts';
import type { Answer } from '../../core/conversation/message.ts';
import type { AnswerPart, ReasoningPart } from '../../core/conversation/part.ts';
import { answer, generation, outcome } from './storedMessage.ts';
import { sourceList } from './storedPart.ts';

/**
 * What was kept of an answer before it was a list of parts: its pictures, its sources and the provider's form of its
 * reasoning stood beside its words, and its last generation beside the earlier ones.
 */
export const flatAnswer = z.extend(generation, {
  requestedModel: z.string(),
  outcome,
  earlier: z.optional(z.array(generation)),
  sources: z.optional(sourceList),
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

type FlatAnswer = z.infer<typeof flatAnswer>;

/** Words of such an answer, in the order in which they came. */
export interface FlatWords {
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

/** An answer of that form in parts. It reads as it did: what it thought first, then what it said, then the rest. */
export function fromFlatAnswer(
  saved: FlatAnswer,
  words: readonly FlatWords[],
): { readonly answer: Answer; readonly parts: readonly AnswerPart[] } {
  const { requestedModel, outcome: ended, timing, earlier = [], images = [], sources = [] } = saved;
  const text = asSaved(allOf(words, 'text'));
  const generations = [...earlier, saved].map(generationOf);
  return {
    answer: answer.parse({
      requestedModel,
      generations: generations.filter((facts) => Object.keys(facts).length > 0),
      outcome: ended,
      ...(timing && { timing }),
    }),
    parts: [
      ...reasoningOf(saved, asSaved(allOf(words, 'reasoning'))),
      ...(text === '' ? [] : [{ type: 'text', text } as const]),
      ...images.map((url) => ({ type: 'generatedImage', url }) as const),
      ...(sources.length === 0 ? [] : [{ type: 'sources', sources } as const]),
    ],
  };
}

/** All words of one kind: an answer that went on has several pieces of them, and is one text all the same. */
function allOf(words: readonly FlatWords[], type: FlatWords['type']): string {
  return words.map((each) => (each.type === type ? each.text : '')).join('');
}

function generationOf({
  generationId,
  model,
  provider,
  attempts,
  usage,
}: z.infer<typeof generation>): object {
  const facts = Object.entries({ generationId, model, provider, attempts, usage });
  return Object.fromEntries(facts.filter(([, fact]) => fact !== undefined));
}

function reasoningOf(
  { reasoningDetails = [], outcome: ended, timing }: FlatAnswer,
  text: CleanText,
): readonly ReasoningPart[] {
  if (text === '' && reasoningDetails.length === 0) {
    return [];
  }
  const until = timing?.firstTextMs ?? (ended.state === 'pending' ? undefined : timing?.endMs);
  const durationMs = until === undefined ? undefined : Math.max(0, until - (timing?.firstTokenMs ?? 0));
  return [
    {
      type: 'reasoning',
      text,
      ...(text !== '' && durationMs !== undefined && { durationMs }),
      ...(reasoningDetails.length > 0 && { details: reasoningDetails }),
    },
  ];
}
