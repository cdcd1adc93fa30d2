import type { Model } from './model.ts';
import type { Routing } from './routing.ts';

/** How much a model is to think; `default` leaves it to the model. */
export const reasoningEfforts = ['default', 'none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;

export type ReasoningEffort = (typeof reasoningEfforts)[number];

/** What the user has set for requests. What is absent is not sent. */
export interface RequestSettings {
  readonly model: string;
  /** The longest answer, in tokens. */
  readonly maxTokens: number;
  /** Models that are tried in this order when the first one fails. */
  readonly fallbackModels?: readonly string[];
  readonly routing?: Routing;
  readonly reasoningEffort?: Exclude<ReasoningEffort, 'default'>;
  readonly temperature?: number;
  /** Lets the model search and read the web, for a price. */
  readonly webSearch?: boolean;
  /** Lets the service answer a request that it has answered before from its cache. */
  readonly responseCache?: boolean;
  /** Marks the beginnings that will come again, because the model keeps only what it is told to keep. */
  readonly explicitCache?: boolean;
}

/** The smallest answer that every provider accepts a limit for, in tokens. */
export const minMaxTokens = 16;

/**
 * The settings without what this model would refuse, and with an answer no longer than it can give after a prompt of
 * about so many tokens. A model that the catalog does not know gets what was set.
 */
export function fitTo(
  settings: RequestSettings,
  model: Model | undefined,
  promptTokens: number,
): RequestSettings {
  if (!model) {
    return settings;
  }
  const { temperature, reasoningEffort, webSearch, maxTokens, ...others } = settings;
  const left = (model.contextLength ?? Infinity) - promptTokens;
  const longest = Math.min(maxTokens, model.maxOutput ?? Infinity, left);
  return {
    ...others,
    maxTokens: Math.max(minMaxTokens, longest),
    ...(temperature !== undefined && model.fixedTemperature !== true && { temperature }),
    ...(reasoningEffort !== undefined && canThink(model, reasoningEffort) && { reasoningEffort }),
    ...(webSearch === true && model.toolless !== true && { webSearch }),
    ...(model.explicitCache === true && { explicitCache: true }),
  };
}

/** The efforts that a model can be told; none for one that cannot be told any. */
export function effortsOf(model: Model | undefined): readonly ReasoningEffort[] {
  return model?.reasoning
    ? reasoningEfforts.filter((effort) => effort === 'default' || canThink(model, effort))
    : [];
}

function canThink({ reasoning }: Model, effort: Exclude<ReasoningEffort, 'default'>): boolean {
  if (!reasoning || (effort === 'none' && reasoning.mandatory)) {
    return false;
  }
  return effort === 'none' || reasoning.efforts === undefined || reasoning.efforts.includes(effort);
}
