import { contextOf, textOf } from '../conversation/message.ts';
import type { ChatRequest } from '../conversation/chatModel.ts';
import { estimateTokens } from '../context/contextItem.ts';
import type { Model, ReasoningEffort } from '../model/model.ts';
import type { ServerKind } from './serverIdentity.ts';

/** Who will read a request: it decides what may be in it. */
export interface RequestReader {
  readonly kind: ServerKind;
  /** The catalogue's row of the model; absent when there is none. */
  readonly model?: Model | undefined;
}

/** Some providers refuse to be asked for less. */
const shortestAnswer = 16;

/** The longest answer to ask for: what is wished, as far as the model and what the prompt leaves of it allow. */
export function maxTokensOf(request: ChatRequest, { model }: RequestReader): number {
  const room =
    model?.contextLength === undefined ? Infinity : model.contextLength - estimatePromptTokens(request);
  return Math.max(shortestAnswer, Math.min(request.maxTokens, model?.maxOutput ?? Infinity, room));
}

/** Estimates the text of a request; pictures, documents and sounds are not counted. */
function estimatePromptTokens({ system, messages }: ChatRequest): number {
  const contextTokens = messages.flatMap(contextOf).reduce((sum, { tokens }) => sum + tokens, 0);
  return estimateTokens([system, ...messages.map(textOf)].join('\n')) + contextTokens;
}

/** The effort to ask for, if the model reasons and knows it: another one would be answered with an error. */
export function reasoningEffortOf(
  { reasoningEffort: effort }: RequestSettings,
  { kind, model }: RequestReader,
): ReasoningEffort | undefined {
  const reasoning = model?.reasoning;
  if (effort === undefined || kind === 'other' || !reasoning) {
    return undefined;
  }
  const known = effort === 'none' ? !reasoning.mandatory : (reasoning.efforts?.includes(effort) ?? true);
  return known ? effort : undefined;
}

/** The temperature, unless the model is known not to take one. */
export function temperatureOf(
  { temperature }: RequestSettings,
  { model }: RequestReader,
): number | undefined {
  return model?.parameters?.includes('temperature') === false ? undefined : temperature;
}

/** Whether the model may search the web: OpenRouter runs the search, but the model has to call for it. */
export function searchesWeb({ webSearch }: RequestSettings, { kind, model }: RequestReader): boolean {
  return webSearch === true && kind === 'openrouter' && model?.parameters?.includes('tools') !== false;
}

/** A request without its messages: what the rules below look at. */
export type RequestSettings = Omit<ChatRequest, 'messages'>;

/** Something that was asked for and is not sent. */
export interface LeftOut {
  readonly what:
    'fallbackModels' | 'reasoningEffort' | 'temperature' | 'webSearch' | 'responseCache' | 'plugins';
  /** The server is not OpenRouter, or the model does not take it. */
  readonly because: 'server' | 'model';
}

/** What of a request is not sent to this reader, and why. */
export function leftOutOf(request: RequestSettings, reader: RequestReader): readonly LeftOut[] {
  const elsewhere = reader.kind === 'other';
  const lost: Readonly<Record<LeftOut['what'], boolean>> = {
    fallbackModels: elsewhere && hasSome(request.fallbackModels),
    reasoningEffort:
      request.reasoningEffort !== undefined && reasoningEffortOf(request, reader) === undefined,
    temperature: request.temperature !== undefined && temperatureOf(request, reader) === undefined,
    webSearch: request.webSearch === true && !searchesWeb(request, reader),
    responseCache: elsewhere && request.responseCache !== undefined,
    plugins: elsewhere && hasSome(request.plugins),
  };
  const because = elsewhere ? 'server' : 'model';
  return leftOutOrder.flatMap((what) =>
    lost[what] ? [{ what, because: what === 'temperature' ? 'model' : because }] : [],
  );
}

const leftOutOrder = [
  'fallbackModels',
  'reasoningEffort',
  'temperature',
  'webSearch',
  'responseCache',
  'plugins',
] as const satisfies readonly LeftOut['what'][];

/** Whether a list is there and holds something. */
export function hasSome<T>(list: readonly T[] | undefined): list is readonly T[] {
  return list !== undefined && list.length > 0;
}
