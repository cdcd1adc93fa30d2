import { chargeFor } from './billing.ts';
import { badRequest, errorReply } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { isObject, listOf, numberOf, objectOf, parseJson, textOf } from './json.ts';
import { endpointsOf } from './endpoints.ts';
import { resolveModel } from './routing.ts';
import type { Service } from './service.ts';
import { estimateTokens } from './tokens.ts';

const defaultDimensions: Readonly<Record<string, number>> = {
  'openai/text-embedding-3-small': 1536,
  'openai/text-embedding-3-large': 3072,
  'openai/text-embedding-ada-002': 1536,
  'google/gemini-embedding-001': 3072,
};

const longestVector = 4096;

/** Answers `POST /embeddings`. */
export function embed(exchange: Exchange, service: Service, key: string, text: string): void {
  const body = parseJson(text)?.value;
  if (!isObject(body)) {
    exchange.reply(badRequest('Invalid JSON in request body'));
    return;
  }
  const inputs = inputsOf(body.input);
  const dimensions = body.dimensions;
  if (inputs.length === 0) {
    exchange.reply(badRequest('input: required'));
    return;
  }
  if (dimensions !== undefined && (numberOf(dimensions) ?? 0) < 1) {
    exchange.reply(badRequest('dimensions: expected an integer of at least 1'));
    return;
  }
  const id = textOf(body.model) ?? '';
  const entry = resolveModel(service.catalog, id);
  const offer = entry ? endpointsOf(entry)[0] : undefined;
  if (!entry || !offer) {
    exchange.reply(badRequest(`${id} is not a valid model ID`));
    return;
  }
  if (!entry.model.architecture.output_modalities.includes('embeddings')) {
    exchange.reply(errorReply(404, `No endpoints found that support embeddings for ${id}`));
    return;
  }
  const tokens = inputs.reduce((sum, input) => sum + estimateTokens(input), 0);
  const charge = chargeFor(entry.model.pricing, tokens, 0);
  const length = Math.min(numberOf(dimensions) ?? defaultDimensions[entry.model.id] ?? 1024, longestVector);
  const asText = body.encoding_format === 'base64';
  const generation = service.generations.newId(service.clock.now());
  service.accounts.charge(key, charge.total, 0);
  exchange.note({ generation });
  exchange.reply({
    status: 200,
    headers: { 'X-Generation-Id': generation },
    body: {
      id: generation,
      object: 'list',
      model: entry.model.canonical_slug,
      data: inputs.map((input, index) => {
        const vector = embeddingOf(input, length);
        return { object: 'embedding', index, embedding: asText ? toBase64(vector) : [...vector] };
      }),
      usage: { prompt_tokens: tokens, total_tokens: tokens, cost: charge.total, is_byok: false },
    },
  });
}

/** The texts of any of the forms that the endpoint accepts. */
function inputsOf(input: unknown): readonly string[] {
  if (typeof input === 'string') return [input];
  const items = listOf(input);
  if (items.length > 0 && items.every((item) => typeof item === 'number')) return [items.join(' ')];
  return items.map((item) => {
    if (typeof item === 'string') return item;
    if (Array.isArray(item)) return item.join(' ');
    const parts = listOf(objectOf(item).content).map((part) => textOf(objectOf(part).text) ?? '');
    return parts.join(' ');
  });
}

/** A unit vector in which texts that share words and parts of words lie near each other. */
export function embeddingOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const [feature, weight] of featuresOf(text)) {
    const hash = hashOf(feature);
    const position = hash % dimensions;
    vector[position] = (vector[position] ?? 0) + ((hash & 0x80000000) === 0 ? weight : -weight);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector.fill(1 / Math.sqrt(dimensions)) : vector.map((value) => value / length);
}

/** Words of identifiers count most; groups of three letters bring `parse` and `parser` together. */
function featuresOf(text: string): readonly (readonly [feature: string, weight: number])[] {
  const words = text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? []).flatMap((word) => {
    const padded = `^${word}$`;
    const parts = Array.from({ length: Math.max(0, padded.length - 2) }, (_, index) =>
      padded.slice(index, index + 3),
    );
    return [[`w:${word}`, 1] as const, ...parts.map((part) => [`t:${part}`, 0.35] as const)];
  });
}

/** FNV-1a with a final mix, in 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function toBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}
