import { LLMock } from '@copilotkit/aimock';

/** A running aimock with the set-up below. */
export interface Aimock {
  /** Ends in `/api/v1`, by which aimock knows that it is to answer as OpenRouter. */
  readonly baseUrl: string;
  /** The only key that it accepts; any other is answered with 401. */
  readonly apiKey: string;
  /** For what a single test needs besides: `mock.on(match, response)`, `mock.getLastRequest()`. */
  readonly mock: LLMock;
  close(): Promise<void>;
}

/** What the user's message has to contain to get each of the prepared answers. */
export const aimockTopics = {
  answer: 'say hello',
  reasoning: 'think first',
  toolCall: 'call a tool',
  structured: 'as a snippet',
  credit: 'without credit',
  rateLimit: 'too fast',
  moderation: 'flagged',
  overloaded: 'overloaded',
  cutOff: 'cut off',
} as const;

/** The models in its catalog; the first is overloaded for the topic of that name, so that the second answers. */
export const aimockModels = ['anthropic/claude-sonnet-4.6', 'openai/gpt-4o', 'qwen/qwen3-coder'] as const;

const apiKey = `sk-or-v1-${'a1'.repeat(32)}`;

const usage = {
  prompt_tokens: 12,
  completion_tokens: 8,
  cost: 0.000156,
  cost_details: { upstream_inference_cost: 0.000156 },
  prompt_tokens_details: { cached_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0 },
  is_byok: false,
};

const snippet = {
  name: 'Guard',
  prefix: 'guard',
  language: 'typescript',
  description: 'Returns early.',
  body: 'if (!{{condition}}) return `${value}`;',
  placeholders: [{ name: 'condition', default: 'ready' }],
};

/** Starts a server that nobody here wrote, set up as OpenRouter: what works with it works not only with our own idea. */
export async function startAimock(): Promise<Aimock> {
  // Small chunks cut words, so that a client has to put them together.
  const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 7, auth: { apiKeys: [apiKey] } });
  addRefusals(mock);
  addAnswers(mock);
  await mock.start();
  return { baseUrl: `${mock.url}/api/v1`, apiKey, mock, close: () => mock.stop() };
}

/** The first fixture that matches answers, so refusals stand before answers. */
function addRefusals(mock: LLMock): void {
  mock.onMessage(aimockTopics.credit, {
    status: 402,
    error: { message: 'Insufficient credits', metadata: { limit_source: 'openrouter_credits' } },
  });
  mock.onMessage(aimockTopics.rateLimit, {
    status: 429,
    error: { message: 'Provider returned error', metadata: { raw: 'Slow down', provider_name: 'OpenAI' } },
    retryAfter: 2,
  });
  mock.onMessage(aimockTopics.moderation, {
    status: 403,
    error: { message: 'Flagged', metadata: { reasons: ['violence'], flagged_input: 'the…text' } },
    fallthrough: false,
  });
  mock.on(
    { model: aimockModels[0], userMessage: aimockTopics.overloaded },
    { status: 503, error: { message: 'Provider overloaded' } },
  );
}

function addAnswers(mock: LLMock): void {
  mock.onMessage(aimockTopics.reasoning, { content: 'Done.', reasoning: 'First this, then that.', usage });
  mock.onMessage(aimockTopics.toolCall, {
    toolCalls: [{ name: 'read_file', arguments: '{"path":"src/cart.ts"}', id: 'call_1' }],
    usage,
  });
  mock.onMessage(aimockTopics.structured, { content: JSON.stringify(snippet), usage });
  // The connection breaks after the second chunk.
  mock.onMessage(
    aimockTopics.cutOff,
    { content: 'This answer is longer than what arrives.', usage },
    { truncateAfterChunks: 2 },
  );
  mock.onEmbedding(/[^]*/, { embedding: [0.6, 0.8] });
  for (const model of aimockModels) {
    mock.on(
      { model, endpoint: 'chat' },
      { content: 'Hello, 世界! This is an answer of aimock.', provider: 'Anthropic', usage },
      { openRouterProcessing: true },
    );
  }
}
