import type { FamilyRow } from './familyRow.ts';
import type { CatalogEntry, Model, Pricing, PricingOverride, ReasoningSupport } from './model.ts';
import { priceString } from './model.ts';

const authorNames: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  'x-ai': 'xAI',
  'meta-llama': 'Meta',
  deepseek: 'DeepSeek',
  mistralai: 'Mistral',
  moonshotai: 'MoonshotAI',
  'z-ai': 'Z.ai',
  minimax: 'MiniMax',
  nvidia: 'NVIDIA',
  nousresearch: 'Nous',
  'arcee-ai': 'Arcee AI',
  ai21: 'AI21',
  allenai: 'AllenAI',
  'bytedance-seed': 'ByteDance Seed',
  stepfun: 'StepFun',
  thedrummer: 'TheDrummer',
  'ibm-granite': 'IBM',
  baai: 'BAAI',
  'black-forest-labs': 'Black Forest Labs',
};

const parametersByFeature: Readonly<Record<string, readonly string[]>> = {
  T: ['tools', 'tool_choice', 'parallel_tool_calls'],
  S: ['structured_outputs', 'response_format'],
  J: ['response_format'],
  R: ['reasoning', 'include_reasoning', 'reasoning_effort'],
  M: ['reasoning', 'include_reasoning', 'reasoning_effort'],
  V: ['verbosity'],
  L: ['logprobs', 'top_logprobs', 'logit_bias'],
};

/** The catalog entry of a family row. `dateIn` tells the date so many days from today. */
export function modelOf(row: FamilyRow, dateIn: (days: number) => string): CatalogEntry {
  const id = `${row.author}/${row.slug}`;
  const expiresIn = row.extras.get('exp');
  const reasoning = reasoningOf(row);
  const model: Model = {
    id,
    canonical_slug: `${id}-${dateDigits(row.created)}`,
    name: `${authorName(row.author)}: ${row.name} (simulated)`,
    created: row.created,
    description: `Simulated stand-in for ${row.name}: its answers are canned text made from what was sent.`,
    context_length: row.contextLength,
    architecture: {
      modality: `${row.inputs.join('+')}->${row.outputs.join('+')}`,
      input_modalities: row.inputs,
      output_modalities: row.outputs,
      tokenizer: 'Other',
      instruct_type: null,
    },
    pricing: pricingOf(row),
    top_provider: {
      context_length: row.contextLength,
      max_completion_tokens: row.longestAnswer,
      is_moderated: row.features.has('D'),
    },
    per_request_limits: null,
    supported_parameters: parametersOf(row),
    default_parameters: row.features.has('X')
      ? null
      : { temperature: null, top_p: null, frequency_penalty: null },
    ...(reasoning ? { reasoning } : {}),
    supported_voices: null,
    knowledge_cutoff: row.features.has('T') ? isoDate(row.created - 270 * 24 * 60 * 60) : null,
    expiration_date: expiresIn === undefined ? null : dateIn(Number(expiresIn)),
    hugging_face_id: row.extras.has('hf') ? id : null,
    ...(row.features.has('R') || row.features.has('M') ? { benchmarks: benchmarksOf(row) } : {}),
    links: { details: `/api/v1/models/${id}/endpoints` },
  };
  const providers = (row.extras.get('at') ?? row.author).split(',');
  return { model, author: row.author, providers };
}

/** The `:free`, `:batch` or `:thinking` twin of a model. */
export function variantOf(entry: CatalogEntry, variant: string): CatalogEntry {
  const base = entry.model;
  const factor = { free: 0, batch: 0.5, thinking: 1 }[variant] ?? 1;
  const pricing: Pricing = {
    prompt: priceString(Number(base.pricing.prompt) * 1e6 * factor),
    completion: priceString(Number(base.pricing.completion) * 1e6 * factor),
  };
  const id = `${base.id}:${variant}`;
  const model: Model = {
    ...base,
    id,
    name: base.name.replace(' (simulated)', ` (${variant}) (simulated)`),
    pricing: variant === 'thinking' ? base.pricing : pricing,
    links: { details: `/api/v1/models/${id}/endpoints` },
  };
  return { ...entry, model, providers: entry.providers.slice(0, 2) };
}

function authorName(author: string): string {
  return (
    authorNames[author] ??
    author
      .split('-')
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join(' ')
  );
}

function parametersOf(row: FamilyRow): readonly string[] {
  const sampling = row.features.has('X')
    ? []
    : ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'];
  const open = row.extras.has('hf') ? ['top_k', 'min_p', 'repetition_penalty'] : [];
  const budget = row.outputs.includes('text') ? ['max_tokens', 'stop', 'seed'] : [];
  const byFeature = [...row.features].flatMap((feature) => parametersByFeature[feature] ?? []);
  return [...new Set([...budget, ...sampling, ...open, ...byFeature])].sort();
}

function reasoningOf(row: FamilyRow): ReasoningSupport | undefined {
  const mandatory = row.features.has('M');
  if (!mandatory && !row.features.has('R')) return undefined;
  return {
    mandatory,
    default_enabled: mandatory || (row.author === 'openai' && row.features.has('V')),
    default_effort: row.features.has('B') ? null : 'medium',
    supported_efforts: row.features.has('E') ? ['high', 'medium', 'low'] : null,
    ...(row.features.has('B') ? { supports_max_tokens: true } : {}),
  };
}

function pricingOf(row: FamilyRow): Pricing {
  const extra = (name: string): number => Number(row.extras.get(name) ?? 0);
  const prompt = priceString(row.promptPrice);
  const overrides = overridesOf(row);
  return {
    prompt,
    completion: priceString(row.completionPrice),
    ...(row.extras.has('req') ? { request: priceString(extra('req') * 1e6) } : {}),
    ...(row.extras.has('img') ? { image_token: priceString(extra('img')) } : {}),
    ...(row.extras.has('search') ? { web_search: priceString(extra('search') * 1e6) } : {}),
    ...(row.features.has('C') ? { input_cache_read: priceString(row.promptPrice / 10) } : {}),
    ...(row.features.has('W') ? { input_cache_write: priceString(row.promptPrice * 1.25) } : {}),
    ...(overrides.length > 0 ? { overrides } : {}),
  };
}

function overridesOf(row: FamilyRow): readonly PricingOverride[] {
  const overrides: PricingOverride[] = [];
  const night = row.extras.get('night');
  if (night !== undefined) overrides.push({ utc_start: 1630, utc_end: 30, ...scaled(row, Number(night)) });
  const over = row.extras.get('over');
  if (over !== undefined) {
    const [tokens = '0', factor = '1'] = over.split('*');
    overrides.push({ min_prompt_tokens: Number(tokens), ...scaled(row, Number(factor)) });
  }
  return overrides;
}

function scaled(row: FamilyRow, factor: number): { readonly prompt: string; readonly completion: string } {
  return {
    prompt: priceString(row.promptPrice * factor),
    completion: priceString(row.completionPrice * factor),
  };
}

function benchmarksOf(row: FamilyRow): unknown {
  const index = 20 + ((row.created / 86_400) % 50);
  return {
    artificial_analysis: { intelligence_index: index, coding_index: index - 4, agentic_index: index - 9 },
  };
}

function isoDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function dateDigits(seconds: number): string {
  return isoDate(seconds).replaceAll('-', '');
}
