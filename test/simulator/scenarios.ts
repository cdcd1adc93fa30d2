import type { ErrorCaseName } from './errorCases.ts';
import { errorCases } from './errorCases.ts';
import { errorReply } from './errors.ts';
import type { HttpReply } from './exchange.ts';
import type { Scenario } from './scenario.ts';

const page = (title: string): string => {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
};

const reply = (status: number, title: string): HttpReply => ({ status, body: page(title) });

type Body = Omit<Scenario, 'name'>;

const shapes = {
  default: { about: 'Answers about the code that was sent.' },
  'keepalive-comments': {
    about: 'Comments before the first event and between events.',
    framing: { commentEvery: 3 },
  },
  'split-multibyte': {
    about: 'Characters of several bytes are cut between socket writes; lines end with CRLF.',
    framing: { splitCharacters: true, newline: '\r\n' },
    answer: { content: 'Grüße, naïve Fußgänger! 日本語のテキスト — «кириллица» 👩‍💻 und 🎉 am Ende.' },
  },
  'usage-empty-choices': {
    about: 'The last chunk has usage and no choices.',
    framing: { usage: 'empty-choices' },
  },
  'usage-with-choice': {
    about: 'The last chunk has usage and a choice that repeats finish_reason.',
    framing: { usage: 'with-choice' },
  },
  'duplicated-reasoning': {
    about: 'The same thought comes as reasoning and as reasoning_details with a signature.',
    answer: {
      reasoning: 'The question is about the code. First I read what it declares, then I say what it does.',
      reasoningDetails: 'signature',
    },
  },
  'encrypted-reasoning': {
    about: 'reasoning_details hold an encrypted thought beside a readable summary.',
    answer: { reasoning: 'A summary of a thought that stays hidden.', reasoningDetails: 'encrypted' },
  },
  'tool-fragments': {
    about: 'Calls the offered tools with fragmented arguments and ids only at first.',
    answer: { calls: 'offered-tools', fragments: true },
  },
  'tool-call': {
    about: 'Calls the first offered tool, arguments whole.',
    answer: { calls: 'offered-tools' },
  },
  'midstream-error': {
    about: 'An error chunk with a numeric code in mid-answer.',
    ending: { kind: 'error', shape: 'chunk', after: 24 },
  },
  'midstream-error-string-code': {
    about: 'An error chunk with the code "server_error" in mid-answer.',
    ending: { kind: 'error', shape: 'string-code', after: 24 },
  },
  'midstream-error-bare': {
    about: 'A bare {"error":…} event without choices in mid-answer.',
    ending: { kind: 'error', shape: 'bare', after: 24 },
  },
  'ok-error-body': { about: 'HTTP 200 whose whole body is an error, streaming or not.', errorBody: true },
  'choice-error': {
    about: 'A complete response whose choice has finish_reason error and part of the content.',
    answer: { finishReason: 'error', cutAfter: 24 },
  },
  truncated: {
    about: 'The body ends cleanly with neither finish_reason nor [DONE].',
    ending: { kind: 'truncate', after: 24 },
  },
  reset: { about: 'The connection is reset in mid-answer.', ending: { kind: 'reset', after: 24 } },
  stall: { about: 'Silence in mid-answer.', ending: { kind: 'stall', after: 12 } },
  'stall-at-start': { about: 'Headers and then silence.', ending: { kind: 'stall', after: 0 } },
  'stall-comments': {
    about: 'Only keep-alive comments in mid-answer, for ever.',
    ending: { kind: 'stall', after: 12, commentsEveryMs: 50 },
  },
  slow: { about: 'Eight tokens in a second.', pace: { tokensPerSecond: 8, firstTokenMs: 1500 } },
  burst: {
    about: 'Five thousand tokens of Markdown as fast as the socket takes them.',
    answer: { burst: 5000 },
    pace: {},
  },
  'length-cut': {
    about: 'The answer is cut at the length limit.',
    answer: { finishReason: 'length', cutAfter: 40 },
  },
  'content-filter': {
    about: 'A filter of the provider ends the answer.',
    answer: { finishReason: 'content_filter', cutAfter: 16 },
  },
  'empty-answer': { about: 'A regular end without any content.', answer: { content: '' } },
  'misfit-once': {
    about: 'A structured answer misses its schema, and fits it when it is sent back.',
    answer: { firstContent: '{"answer": "I did not read the schema."}' },
  },
  misfit: {
    about: 'Every structured answer misses its schema.',
    answer: { content: 'I would rather tell you about it in words.', calls: [] },
  },
  'fenced-json': {
    about: 'A structured answer comes in a fence, among sentences, with a comment and a trailing comma.',
    answer: { fenced: true },
  },
  html: {
    about: 'Every endpoint answers 200 with an HTML page.',
    reach: 'everything',
    refusal: { kind: 'reply', reply: reply(200, 'Sign in to the network') },
  },
  'html-502': {
    about: 'Every endpoint answers 502 with an HTML page.',
    reach: 'everything',
    refusal: { kind: 'reply', reply: reply(502, '502 Bad Gateway') },
  },
  redirect: {
    about: 'Every endpoint redirects to another origin.',
    reach: 'everything',
    refusal: { kind: 'redirect' },
  },
  offline: {
    about: 'Every connection is reset before the first byte.',
    reach: 'everything',
    refusal: { kind: 'disconnect' },
  },
  silent: { about: 'Chat never answers a byte.', refusal: { kind: 'silence' } },
  'refuses-once': {
    about: '503 with Retry-After: 1, and then a good answer.',
    refusals: [
      { kind: 'reply', reply: errorReply(503, 'Provider overloaded', { headers: { 'Retry-After': '1' } }) },
    ],
  },
  'refuses-twice': {
    about: 'Two times 502, and then a good answer.',
    refusals: [
      { kind: 'reply', reply: errorReply(502, 'Provider returned an invalid response') },
      { kind: 'reply', reply: errorReply(502, 'Provider returned an invalid response') },
    ],
  },
  'in-flight-once': {
    about: '402 in flight with Retry-After: 1, and then a good answer.',
    refusals: [
      {
        kind: 'reply',
        reply: errorReply(402, 'Too much spending is in flight for the credit of this account', {
          headers: { 'Retry-After': '1' },
          metadata: { reason: 'in_flight_budget_exhausted', limit_source: 'openrouter_in_flight_budget' },
        }),
      },
    ],
  },
  annotations: { about: 'The answer cites pages of the web.', answer: { annotations: true } },
  images: { about: 'The answer brings an image.', answer: { images: true } },
  fallback: { about: 'The first model fails, so the next in models answers.', failing: 'first' },
  'own-provider-key': {
    about: 'An own provider key pays: cost is 0, upstream_inference_cost is not.',
    ownProviderKey: true,
  },
  'own-provider-key-fee': {
    about: 'An own provider key pays, and the service takes its fee of 5 %.',
    ownProviderKey: true,
    ownProviderKeyFee: 0.05,
  },
  'cached-prompt': {
    about: 'Three quarters of the prompt come from the prompt cache of the provider.',
    promptCache: 0.75,
  },
  'late-generation': {
    about: 'GET /generation knows the answer only at the fourth question.',
    generationLag: 3,
  },
  'credits-zero': {
    about: 'GET /credits answers 200 with both numbers 0, as it does to some inference keys.',
    reach: ['/credits'],
    refusal: { kind: 'reply', reply: { status: 200, body: { data: { total_credits: 0, total_usage: 0 } } } },
  },
} satisfies Record<string, Body>;

/** The name of every scenario that comes with the simulator. */
export type ScenarioName = keyof typeof shapes | ErrorCaseName;

const byName: ReadonlyMap<string, Scenario> = new Map<string, Scenario>([
  ...Object.entries(shapes).map(([name, shape]): [string, Scenario] => [name, { ...shape, name }]),
  ...[...errorCases].map(([name, replyAt]): [string, Scenario] => {
    return [name, { name, about: `Chat is refused: ${name}.`, refusal: { kind: 'reply', reply: replyAt } }];
  }),
]);

/** Every scenario, the named shapes first. */
export const scenarios: readonly Scenario[] = [...byName.values()];

/** The scenario of that name, or undefined when a person has mistyped it. */
export function findScenario(name: string): Scenario | undefined {
  return byName.get(name);
}

/** The scenario itself, or the one of that name. */
export function scenarioOf(scenario: Scenario | ScenarioName): Scenario {
  if (typeof scenario !== 'string') return scenario;
  const found = byName.get(scenario);
  if (!found) throw new Error(`There is no scenario named ${scenario}`);
  return found;
}
