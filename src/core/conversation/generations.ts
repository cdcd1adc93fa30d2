import type { Answer, Generation, Message, Usage } from './message.ts';

/** An answer's usage over all its generations; absent if the service never reported it. */
export function totalUsage({ generations }: Answer): Usage | undefined {
  const known = generations.flatMap(({ usage }) => usage ?? []);
  return known.length === 0 ? undefined : known.reduce(addUsage);
}

/** The model and the provider that answered, the last ones where there were several. */
export function originOf({ generations }: Answer): Pick<Generation, 'model' | 'provider' | 'routing'> {
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

/** The usage of all answers in a conversation, including other versions: all were paid for. */
export function conversationUsage(messages: readonly Message[]): Usage | undefined {
  const known = messages.flatMap((message) =>
    message.role === 'assistant' ? (totalUsage(message.answer) ?? []) : [],
  );
  return known.length === 0 ? undefined : known.reduce(addUsage);
}

/** How long the service is asked for an answer's cost, in milliseconds; older ones stay estimates. */
export const settlementMs = 24 * 60 * 60_000;

/** The generations whose true cost only the service's record has. */
export function unsettledIds(answer: Answer): readonly string[] {
  const estimated = answer.generations.filter(({ usage }) => usage?.estimated === true);
  const last = lastGeneration(answer);
  // An editor that closed couldn't even estimate.
  const lost = answer.outcome.state === 'interrupted' && last.usage === undefined ? [last] : [];
  return [...estimated, ...lost].flatMap(({ generationId }) => generationId ?? []);
}

/** The answer with the recorded usage of one generation. */
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

/** The combined usage of two generations. */
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
    ...((one.unsound === true || other.unsound === true) && { unsound: true }),
  };
}

function sumOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : one + (other ?? 0);
}
