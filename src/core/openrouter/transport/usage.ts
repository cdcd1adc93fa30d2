import type { Usage } from '../../conversation/message.ts';
import { picoDollarsFrom, type PicoDollars } from '../../money/money.ts';
import { objectIn, type JsonObject } from '../../util/json.ts';

/**
 * What a server says of tokens and costs, made sane: whole tokens that are not negative, and costs that the ledger can
 * add up. A cost that can't be right is not known rather than wrong, and `unsound` tells of it.
 */

/** No answer takes as many, and millions of them still add up. */
const mostTokens = 1_000_000_000;

/** What can be made of one figure: nothing where the server says nothing. */
interface Figure {
  readonly value?: number;
  /** What was said can't be right. */
  readonly unsound?: true;
}

const unsound: Figure = { unsound: true };

/** An answer's `usage`: the cost is what the account pays plus what the user's own provider key is charged. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = objectIn(value);
  if (!usage) {
    return undefined;
  }
  const of = (field: string): JsonObject => objectIn(usage[field]) ?? {};
  return usageFrom({
    prompt: tokensIn(usage['prompt_tokens']),
    completion: tokensIn(usage['completion_tokens']),
    cached: tokensIn(of('prompt_tokens_details')['cached_tokens']),
    reasoning: tokensIn(of('completion_tokens_details')['reasoning_tokens']),
    fee: costIn(usage['cost']),
    isOwnKey: usage['is_byok'] === true,
    upstream: costIn(of('cost_details')['upstream_inference_cost']),
    // A server that knows costs, but not this one.
    isPending: usage['cost'] === null,
  });
}

/** `GET /generation`: an answer's usage and cost; absent if the body isn't such a record. */
export function readGeneration(body: unknown): Usage | undefined {
  const data = objectIn(objectIn(body)?.['data']);
  const usage =
    data &&
    usageFrom({
      prompt: tokensIn(data['native_tokens_prompt'] ?? data['tokens_prompt']),
      completion: tokensIn(data['native_tokens_completion'] ?? data['tokens_completion']),
      cached: tokensIn(data['native_tokens_cached']),
      reasoning: tokensIn(data['native_tokens_reasoning']),
      fee: costIn(data['total_cost']),
      isOwnKey: data['is_byok'] === true,
      upstream: costIn(data['upstream_inference_cost']),
      isPending: false,
    });
  return usage?.cost === undefined ? undefined : usage;
}

/** Two reports of the same generation: each counts up, and what the later one leaves out still holds. */
export function laterUsage(before: Usage | undefined, after: Usage): Usage {
  if (!before) {
    return after;
  }
  const cost = larger(before.cost, after.cost);
  const ownKeyCost = larger(before.ownKeyCost, after.ownKeyCost);
  return {
    promptTokens: Math.max(before.promptTokens, after.promptTokens),
    completionTokens: Math.max(before.completionTokens, after.completionTokens),
    ...positive('cachedTokens', larger(before.cachedTokens, after.cachedTokens)),
    ...positive('reasoningTokens', larger(before.reasoningTokens, after.reasoningTokens)),
    ...(cost !== undefined && { cost }),
    ...(ownKeyCost !== undefined && { ownKeyCost }),
    ...(before.unsound === true || after.unsound === true ? { unsound: true } : {}),
    ...(isOpen(before, cost) || isOpen(after, cost) ? { estimated: true } : {}),
  };
}

/** Whether the true cost must still be asked for: it was not told, or told wrong. */
function isOpen({ estimated, unsound: wrong }: Usage, cost: PicoDollars | undefined): boolean {
  return estimated === true && (cost === undefined || wrong === true);
}

interface Figures {
  readonly prompt: Figure;
  readonly completion: Figure;
  readonly cached: Figure;
  readonly reasoning: Figure;
  readonly fee: Figure;
  readonly isOwnKey: boolean;
  readonly upstream: Figure;
  readonly isPending: boolean;
}

function usageFrom({ prompt, completion, cached, reasoning, ...money }: Figures): Usage {
  const cost = costOf(money);
  const all = [prompt, completion, cached, reasoning, cost];
  return {
    promptTokens: prompt.value ?? 0,
    completionTokens: completion.value ?? 0,
    ...positive('cachedTokens', cached.value),
    ...positive('reasoningTokens', reasoning.value),
    ...(cost.value !== undefined && { cost: cost.value }),
    ...(money.isOwnKey && { ownKeyCost: money.upstream.value ?? 0 }),
    ...(all.some((figure) => figure.unsound) && { unsound: true }),
    ...((cost.unsound === true || (money.isPending && cost.value === undefined)) && { estimated: true }),
  };
}

/** What the account pays plus, with the user's own provider key, what the provider charges. */
function costOf({ fee, isOwnKey, upstream }: Pick<Figures, 'fee' | 'isOwnKey' | 'upstream'>): Figure {
  if (!isOwnKey) {
    return fee;
  }
  if (fee.unsound || upstream.unsound) {
    return unsound;
  }
  const known = [fee.value, upstream.value].filter((each) => each !== undefined);
  return known.length === 0 ? {} : sane(known.reduce((sum, each) => sum + each));
}

function tokensIn(value: unknown): Figure {
  const said = numberOf(value);
  if (said === undefined) {
    return {};
  }
  const isCount = said >= 0 && said <= mostTokens;
  return isCount ? { value: Math.ceil(said), ...(!Number.isInteger(said) && { unsound: true }) } : unsound;
}

function costIn(value: unknown): Figure {
  const said = numberOf(value);
  if (said === undefined) {
    return {};
  }
  const cost = picoDollarsFrom(said);
  return cost === undefined || said < 0 ? unsound : sane(cost);
}

/** SQLite and JavaScript agree on whole numbers up to this size. */
function sane(cost: PicoDollars): Figure {
  return Number.isSafeInteger(cost) ? { value: cost } : unsound;
}

/** `NaN` is something that isn't a number. */
function numberOf(value: unknown): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  return isNumber ? Number(value) : NaN;
}

function larger(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : Math.max(one, other ?? 0);
}

function positive<Name extends string>(
  name: Name,
  value: number | undefined,
): Partial<Readonly<Record<Name, number>>> {
  return value !== undefined && value > 0 ? ({ [name]: value } as Partial<Record<Name, number>>) : {};
}
