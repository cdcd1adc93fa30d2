import type { AutoRouter } from './autoRouter.ts';
import type { Model } from './model.ts';
import { takenFields, type RequestFields } from './requestFields.ts';
import { minMaxTokens, reasoningEfforts, type ReasoningEffort } from './requestValues.ts';
import type { Routing } from './routing.ts';

/** The user's request settings. Absent ones aren't sent. */
export interface RequestSettings {
  readonly model: string;
  /** The maximum answer length, in tokens. */
  readonly maxTokens: number;
  /** Fallback models, in order. */
  readonly fallbackModels?: readonly string[];
  readonly routing?: Routing;
  readonly reasoningEffort?: Exclude<ReasoningEffort, 'default'>;
  readonly temperature?: number;
  readonly topP?: number;
  /** Advanced fields, by the service's names. */
  readonly fields?: RequestFields;
  /** Lets the model search and read the web, at extra cost. */
  readonly webSearch?: boolean;
  /** Lets the service answer an identical request from its cache. */
  readonly responseCache?: boolean;
  /** Marks repeated prefixes for models that must be told what to cache. */
  readonly explicitCache?: boolean;
  /** Lets the service drop the middle of a chat that is too long, or never; absent if the service decides. */
  readonly contextCompression?: boolean;
  /** Requests structured answers in one piece, so that the service can repair their JSON. */
  readonly responseHealing?: boolean;
  /** What the Auto Router chooses from. */
  readonly autoRouter?: AutoRouter;
}

/** With less room for an answer, a model is no help, in tokens. */
export const usefulTokens = 1_024;

/**
 * The settings without what this model rejects, and with an answer length that fits after a prompt of about this size,
 * whichever of the models answers. Fallback models that the prompt fills are left out. Unlisted models get the settings
 * as is.
 */
export function fitTo(
  settings: RequestSettings,
  model: Model | undefined,
  promptTokens: number,
  find: (id: string) => Model | undefined = () => undefined,
): RequestSettings {
  // What the service drops leaves room.
  const sizes = settings.contextCompression === true ? 'compressed' : 'whole';
  const own = roomIn(model, settings.maxTokens, promptTokens, sizes);
  const fallbacks = (settings.fallbackModels ?? []).map((id) => ({
    id,
    room: roomIn(find(id), settings.maxTokens, promptTokens, sizes),
  }));
  const enough = Math.min(usefulTokens, own > 0 ? own : settings.maxTokens);
  const useful = fallbacks.filter(({ room }) => room >= enough);
  // Only a fallback can answer what the model itself has no room for.
  const rooms = [...(own > 0 || useful.length === 0 ? [own] : []), ...useful.map(({ room }) => room)];
  return {
    ...(model ? acceptedBy(model, settings) : settings),
    maxTokens: lengthIn(Math.min(...rooms), Math.min(settings.maxTokens, model?.maxOutput ?? Infinity)),
    ...(useful.length < fallbacks.length && { fallbackModels: useful.map(({ id }) => id) }),
  };
}

/** Where there is no room, the service says what is wrong, or sizes were overestimated: then an answer has to be of use. */
function lengthIn(room: number, wanted: number): number {
  return room >= minMaxTokens ? room : Math.max(minMaxTokens, Math.min(usefulTokens, wanted));
}

/** The longest answer up to this length that a model can give after the prompt. */
function roomIn(
  model: Model | undefined,
  maxTokens: number,
  promptTokens: number,
  sizes: 'whole' | 'compressed',
): number {
  const context = model?.contextLength ?? Infinity;
  const left = sizes === 'whole' ? context - promptTokens : Math.max(context - promptTokens, context / 4);
  return Math.min(maxTokens, model?.maxOutput ?? Infinity, Math.floor(left));
}

function acceptedBy(model: Model, settings: RequestSettings): RequestSettings {
  const { temperature, topP, fields, reasoningEffort, webSearch, ...others } = settings;
  const taken = fields && takenFields(fields, model.parameters);
  return {
    ...others,
    ...(temperature !== undefined && model.fixedTemperature !== true && { temperature }),
    ...(topP !== undefined && takesTopP(model, settings) && { topP }),
    ...(taken && Object.keys(taken).length > 0 && { fields: taken }),
    ...(reasoningEffort !== undefined && canThink(model, reasoningEffort) && { reasoningEffort }),
    ...(webSearch === true && model.toolless !== true && { webSearch }),
    ...(model.explicitCache === true && { explicitCache: true }),
  };
}

/** Anthropic's models refuse a temperature and `top_p` together. */
function takesTopP(
  { id, parameters = [], fixedTemperature }: Model,
  { temperature }: RequestSettings,
): boolean {
  const refusesBoth = /^~?anthropic\//.test(id) && temperature !== undefined && fixedTemperature !== true;
  return !refusesBoth && (parameters.length === 0 || parameters.includes('top_p'));
}

/** The efforts a model supports; empty if none. */
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
