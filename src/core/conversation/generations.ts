import type { Answer, Generation, Message, Usage } from './message.ts';

/** What an answer took in all its generations; absent when the service never said. */
export function totalUsage({ generations }: Answer): Usage | undefined {
  const known = generations.flatMap(({ usage }) => usage ?? []);
  return known.length === 0 ? undefined : known.reduce(addUsage);
}

/** The model and the provider that answered, the last ones where there were several. */
export function originOf({ generations }: Answer): Pick<Generation, 'model' | 'provider'> {
  return generations.findLast(({ model, provider }) => (model ?? provider) !== undefined) ?? {};
}

/** The generation that is on its way, or was the last. */
export function lastGeneration({ generations }: Answer): Generation {
  return generations.at(-1) ?? {};
}

/** The answer with what is known by now of its last generation. */
export function withFacts(answer: Answer, facts: Generation): Answer {
  const generations = [...answer.generations.slice(0, -1), { ...lastGeneration(answer), ...facts }];
  return { ...answer, generations };
}

/** The answer before its next generation; one that nothing is known of is used. */
export function withNextGeneration(answer: Answer): Answer {
  const isUsed = Object.keys(lastGeneration(answer)).length > 0;
  return isUsed ? { ...answer, generations: [...answer.generations, {}] } : answer;
}

/** What all answers of a conversation took, those in other versions too: all of them were paid for. */
export function conversationUsage(messages: readonly Message[]): Usage | undefined {
  const known = messages.flatMap((message) =>
    message.role === 'assistant' ? (totalUsage(message.answer) ?? []) : [],
  );
  return known.length === 0 ? undefined : known.reduce(addUsage);
}

/** The service is asked this long about the cost of an answer, in milliseconds; what is older stays an estimate. */
export const settlementMs = 24 * 60 * 60_000;

/** The generations of an answer whose true cost only the service's books can tell. */
export function unsettledIds(answer: Answer): readonly string[] {
  const estimated = answer.generations.filter(({ usage }) => usage?.estimated === true);
  const last = lastGeneration(answer);
  // An editor that went away could not even estimate.
  const lost = answer.outcome.state === 'interrupted' && last.usage === undefined ? [last] : [];
  return [...estimated, ...lost].flatMap(({ generationId }) => generationId ?? []);
}

/** The answer with what one of its generations took, by the service's books. */
export function withUsage(answer: Answer, generationId: string, usage: Usage): Answer {
  const generations = answer.generations.map((each) =>
    each.generationId === generationId ? { ...each, usage } : each,
  );
  return { ...answer, generations };
}

/** What is known of an answer that goes on. */
export function begunAgain(answer: Answer): Answer {
  const { outcome: _outcome, retryAt: _retryAt, ...others } = withNextGeneration(answer);
  return { ...others, outcome: { state: 'pending' } };
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
