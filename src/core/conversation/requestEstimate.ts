import { estimateCost } from '../model/catalogue.ts';
import type { Model } from '../model/model.ts';
import type { MicroDollars } from '../model/money.ts';
import type { ChatRequest } from './chatModel.ts';
import { mediaOf } from './message.ts';

/** What a request takes and costs, as far as that can be told before it is sent. */
export interface RequestEstimate {
  /** Of everything that is sent. */
  readonly tokens: number;
  /** How many tokens the model can read and write; absent when that is not known. */
  readonly contextLength?: number;
  /**
   * From an answer of one token to the longest one, at the list prices of every model that may answer; `variable`
   * where a router chooses the model, and absent where one of them has no price here.
   */
  readonly cost?: { readonly least: MicroDollars; readonly most: MicroDollars } | 'variable';
  /** What comes on top and cannot be told: its price depends on the model and on what it does. */
  readonly uncounted: readonly ('web search' | 'attachments')[];
}

/** Estimates a request of so many tokens; `find` looks a model up in the catalogue. */
export function estimateRequest(
  request: ChatRequest,
  tokens: number,
  find: (id: string) => Model | undefined,
): RequestEstimate {
  const contextLength = find(request.model)?.contextLength;
  const models = [request.model, ...(request.fallbackModels ?? [])].map(find);
  const isRouted = models.some((model) => model?.pricing?.kind === 'variable');
  const cost = isRouted ? 'variable' : costRange(models, tokens, request.maxTokens);
  const hasMedia = request.messages.some((message) => mediaOf(message).length > 0);
  return {
    tokens,
    ...(contextLength !== undefined && { contextLength }),
    ...(cost && { cost }),
    uncounted: [
      ...(hasMedia ? (['attachments'] as const) : []),
      ...(request.webSearch === true ? (['web search'] as const) : []),
    ],
  };
}

/** Of several requests the one that may cost most; nothing where none has a price. */
export function dearestOf(estimates: readonly RequestEstimate[]): RequestEstimate | undefined {
  const most = ({ cost }: RequestEstimate): number =>
    cost === undefined || cost === 'variable' ? -1 : cost.most;
  const [dearest] = estimates.toSorted((one, other) => most(other) - most(one));
  return dearest && most(dearest) >= 0 ? dearest : undefined;
}

/** Nothing where one of the models has no fixed price. */
function costRange(
  models: readonly (Model | undefined)[],
  prompt: number,
  longest: number,
): Exclude<RequestEstimate['cost'], 'variable'> {
  const ranges = models.map((model) => {
    const least = model && estimateCost(model, { prompt, completion: 1 });
    const most = model && estimateCost(model, { prompt, completion: longest });
    return least === undefined || most === undefined ? undefined : { least, most };
  });
  return ranges.every((range) => range !== undefined)
    ? {
        least: Math.min(...ranges.map(({ least }) => least)),
        most: Math.max(...ranges.map(({ most }) => most)),
      }
    : undefined;
}
