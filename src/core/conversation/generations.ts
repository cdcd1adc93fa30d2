import type { Answer, Generation, Message, Usage } from './message.ts';

/** What an answer took in all its generations; absent when the service never said. */
export function totalUsage({ usage, earlier = [] }: Answer): Usage | undefined {
  const known = [...earlier.map((each) => each.usage), usage].filter((each) => each !== undefined);
  return known.length === 0 ? undefined : known.reduce(addUsage);
}

/** What all answers of a conversation took, those in other versions too: all of them were paid for. */
export function conversationUsage(messages: readonly Message[]): Usage | undefined {
  const known = messages.flatMap((message) =>
    message.role === 'assistant' ? (totalUsage(message.answer) ?? []) : [],
  );
  return known.length === 0 ? undefined : known.reduce(addUsage);
}

/** The generations of an answer whose true cost only the service's books can tell. */
export function unsettledIds({ earlier = [], outcome, usage, generationId }: Answer): readonly string[] {
  const last = { ...(usage && { usage }), ...(generationId !== undefined && { generationId }) };
  const estimated = [...earlier, last].filter((each) => each.usage?.estimated === true);
  // An editor that went away could not even estimate.
  const lost = outcome.state === 'interrupted' && usage === undefined ? [last] : [];
  return [...estimated, ...lost].flatMap((each) => each.generationId ?? []);
}

/** The answer with what one of its generations took, by the service's books. */
export function withUsage(answer: Answer, generationId: string, usage: Usage): Answer {
  const settle = <T extends Generation>(each: T): T =>
    each.generationId === generationId ? { ...each, usage } : each;
  const { earlier } = answer;
  return { ...settle(answer), ...(earlier && { earlier: earlier.map(settle) }) };
}

/** What is known of an answer that goes on: what its last generation took is put aside. */
export function begunAgain(answer: Answer): Answer {
  const {
    usage,
    generationId,
    earlier = [],
    outcome: _outcome,
    retryAt: _retryAt,
    attempts: _attempts,
    ...others
  } = answer;
  const last = { ...(generationId !== undefined && { generationId }), ...(usage && { usage }) };
  const before = Object.keys(last).length === 0 ? earlier : [...earlier, last];
  return { ...others, outcome: { state: 'pending' }, ...(before.length > 0 && { earlier: before }) };
}

/** What two generations took together. */
export function addUsage(one: Usage, other: Usage): Usage {
  const cost = sumOf(one.cost, other.cost);
  const ownKeyCost = sumOf(one.ownKeyCost, other.ownKeyCost);
  const cachedTokens = (one.cachedTokens ?? 0) + (other.cachedTokens ?? 0);
  const reasoningTokens = (one.reasoningTokens ?? 0) + (other.reasoningTokens ?? 0);
  return {
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    ...(cachedTokens > 0 && { cachedTokens }),
    ...(reasoningTokens > 0 && { reasoningTokens }),
    ...(cost !== undefined && { cost }),
    ...(ownKeyCost !== undefined && { ownKeyCost }),
    ...((one.estimated === true || other.estimated === true) && { estimated: true }),
  };
}

function sumOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : one + (other ?? 0);
}
