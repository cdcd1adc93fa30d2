import type { ChatView } from '../../src/protocol/chatView.ts';
import { aQuestion, anAnswer, anAttachment, aView } from './views.ts';

const question = aQuestion('Why does the total of the cart differ from the sum of its items?', {
  attachments: [anAttachment()],
});

const answer = `The **discount** is applied to the total, and \`Math.round\` runs only once, [at the end](https://example.org/rounding).

## What happens

1. \`add\` puts the item into the map.
2. \`total\` multiplies price and quantity:
   - prices are in cents,
   - quantities are integers.
3. The discount is taken off before rounding.

\`\`\`typescript
export function total(cart: Cart): number {
  const sum = cart.items.reduce((total, item) => total + item.unitPrice * item.quantity, 0);
  return Math.round(sum * (1 - cart.discount));
}
\`\`\`

| Item | Price | Quantity |
|:-----|------:|:--------:|
| Tea | 4.20 | 3 |
| Coffee | 7.95 | 1 |

> Money belongs into integers.

- [x] Prices are cents
- [ ] Rounding happens per line
`;

const details = {
  model: 'anthropic/claude-sonnet-4.5',
  provider: 'Anthropic',
  promptTokens: 1_482,
  completionTokens: 367,
  cost: '$0.009951',
  firstTokenMs: 420,
  tokensPerSecond: 84,
};

/** So long that it is folded, with a line that no panel is wide enough for. */
const longCode = `The whole file:

\`\`\`typescript src/billing/formatMoney.ts
${Array.from({ length: 60 }, (_, line) => `export const step${line} = (amount: number): number => amount * ${line};`).join('\n')}
export const words = ['a line that is wider than any panel', 'and has to be scrolled to', 'or wrapped by its button'];
\`\`\`
`;

const wideTable = `| Provider | Price of input | Price of output | Throughput | Latency | Uptime |
|:--|--:|--:|--:|--:|:-:|
| Anthropic | $3.00 | $15.00 | 84 tokens/s | 0.42 s | 99.98 % |
| Amazon Bedrock with a long name | $3.00 | $15.00 | 61 tokens/s | 0.88 s | 99.71 % |
`;

const maths = `The sum is $\\sum_{i=1}^{n} p_i q_i$, and with the discount $d$:

$$
\\text{total} = \\left(1 - d\\right) \\sum_{i=1}^{n} p_i q_i \\quad\\text{where}\\quad d = \\frac{\\min(k, 10)}{100}
$$

so that $\\text{total} \\le \\sum p_i q_i$.
`;

/** A red square. */
const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP8z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==';

/** All that can be known of an answer. */
const allDetails = {
  ...details,
  cachedTokens: 1_024,
  reasoningTokens: 96,
  ownKey: true,
  attempts: ['GPT-5.4 (Azure): 503'],
  why: ['You asked for this model directly.'],
};

/** The states in which the panel is looked at: by people on pictures, by axe for accessibility. */
export const states = {
  'no key': aView([], { key: 'missing' }),
  welcome: aView([], { spent: { today: '$1.204417' } }),
  waiting: aView([question, anAnswer('', { state: 'waiting' })], { busy: true, title: question.text }),
  streaming: aView(
    [
      question,
      anAnswer(
        'The discount is applied to the **total**, so rounding happens only once:\n\n```ts\nconst sum = ',
        {
          state: 'streaming',
          reasoning: 'The user asks about rounding. I should look at how the total is made.',
          durationMs: 3_240,
        },
      ),
    ],
    { busy: true, title: question.text },
  ),
  thinking: aView([question, anAnswer('', { state: 'streaming', reasoning: 'Let me look at the cart.' })], {
    busy: true,
    title: question.text,
  }),
  answer: aView(
    [
      question,
      anAnswer(answer, {
        reasoning: 'The user asks about rounding.',
        durationMs: 3_240,
        details: allDetails,
      }),
    ],
    { title: question.text, spent: { chat: '$0.031204', today: '$1.204417' } },
  ),
  versions: aView(
    [
      { ...question, versions: { shown: 1, count: 2 } },
      { ...anAnswer(answer, { details }), versions: { shown: 3, count: 3 } },
    ],
    { title: question.text },
  ),
  alert: aView(
    [
      question,
      anAnswer('The discount is applied', {
        state: 'failed',
        alert: {
          id: 'alert',
          message: "You don't have enough credit for this request.",
          detail: 'This request requires more credits, or fewer max_tokens.',
          remedies: [
            { kind: 'addCredits', label: 'Add credits' },
            { kind: 'switchModel', label: 'Switch model' },
            { kind: 'tryAgain', label: 'Try again' },
          ],
        },
      }),
    ],
    { title: question.text },
  ),
  attachments: aView(
    [aQuestion('Compare these.', { attachments: [anAttachment()] }), anAnswer('They agree.')],
    {
      title: 'Compare these.',
      effort: 'Medium',
      estimate: { tokens: 14_318, contextLength: 200_000, cost: '$0.042969 to $0.165834' },
      attachments: [
        anAttachment({
          id: 'instructions:AGENTS.md',
          label: 'AGENTS.md',
          tokens: 412,
          instructions: 'workspace',
        }),
        anAttachment(),
        anAttachment({ id: 'key', label: 'client.ts', tokens: 210, redacted: 1 }),
        anAttachment({ id: 'token', label: 'login.ts', tokens: 98, withSecrets: true }),
        anAttachment({ id: 'money', label: 'src/billing/formatMoney.test.ts:1-240', tokens: 12_480 }),
      ],
    },
  ),
  queued: aView(
    [
      question,
      anAnswer('The discount is applied to the', { state: 'streaming' }),
      aQuestion('And where is it rounded?', { id: 'next', queued: true }),
    ],
    { busy: true, title: question.text },
  ),
  'long code': aView([aQuestion('Show it to me.'), anAnswer(longCode, { details })], {
    title: 'Show it to me.',
  }),
  table: aView([aQuestion('Which provider is cheapest?'), anAnswer(wideTable, { details })], {
    title: 'Which provider is cheapest?',
  }),
  maths: aView([aQuestion('Write it as a formula.'), anAnswer(maths, { details })], {
    title: 'Write it as a formula.',
  }),
  redacted: aView(
    [
      aQuestion('Why does the key [redacted: OpenRouter API key] not work in this file?', {
        attachments: [
          anAttachment({ redacted: 2 }),
          { id: 'picture', label: 'screenshot.png', languageId: 'image', size: 'image' },
        ],
      }),
      anAnswer('It was taken out before I could see it.'),
    ],
    { title: 'Why does the key not work?' },
  ),
  pictures: aView(
    [
      aQuestion('Draw it.'),
      anAnswer(`Here it is, and once more in the text: ![A red square](${picture})`, {
        images: [picture],
        details,
      }),
    ],
    { title: 'Draw it.' },
  ),
  tools: aView(
    [
      aQuestion('What does the cart do?'),
      {
        ...anAnswer(''),
        parts: [
          { type: 'text', text: 'Let me see.' },
          {
            type: 'toolCall',
            name: 'read_file',
            arguments: '{\n  "path": "src/cart.ts"\n}',
            state: 'done',
            result: 'const a = 1;',
          },
          { type: 'toolCall', name: 'search_text', arguments: '{\n  "text": "total"\n}', state: 'denied' },
          { type: 'text', text: 'It adds.' },
        ],
        details,
      },
    ],
    { title: 'What does the cart do?' },
  ),
  sources: aView(
    [
      aQuestion('What is new?'),
      anAnswer('Rounding modes came with the [last release](https://example.org/notes).', {
        sources: [
          { url: 'https://example.org/notes', title: 'Release notes' },
          {
            url: 'https://a-rather-long-host-name.documentation.example.com/en/latest/reference/rounding.html',
            title:
              'A page with a title that is far too long for the width of a panel at the side of the window',
          },
        ],
        details,
      }),
    ],
    { title: 'What is new?' },
  ),
  retrying: aView([question, anAnswer('', { state: 'waiting', retryAt: Date.UTC(2100, 0, 1) })], {
    busy: true,
    title: question.text,
  }),
  stopped: aView(
    [question, anAnswer('The discount is applied to the', { state: 'stopped', canContinue: true, details })],
    { title: question.text },
  ),
  cut: aView(
    [question, anAnswer('The discount is applied to the', { state: 'cut', canContinue: true, details })],
    { title: question.text },
  ),
  interrupted: aView(
    [
      question,
      anAnswer('The discount is applied to the', {
        state: 'interrupted',
        canContinue: true,
        alert: {
          id: 'interrupted',
          severity: 'warning',
          message: 'The editor closed before this answer finished. The partial answer was kept.',
          remedies: [
            { kind: 'continue', label: 'Continue' },
            { kind: 'tryAgain', label: 'Try again' },
          ],
        },
      }),
    ],
    { title: question.text },
  ),
  'full context': aView([question, anAnswer('They agree.', { details })], {
    title: question.text,
    model: {
      id: 'meta-llama/llama-4-maverick-17b-128e-instruct',
      name: 'Llama 4 Maverick 17B 128E Instruct',
    },
    estimate: { tokens: 192_400, contextLength: 200_000, cost: 'price depends on the chosen model' },
    attachments: Array.from({ length: 40 }, (_, at) =>
      anAttachment({ id: `file${at}`, label: `part${at}.ts`, tokens: 4_800 }),
    ),
  }),
  notice: aView([question, anAnswer('They agree.', { details })], {
    title: question.text,
    alert: {
      id: 'left out',
      severity: 'information',
      message: "Web search is off: this server isn't OpenRouter.",
      remedies: [
        { kind: 'openSettings', label: 'Open settings' },
        { kind: 'dismiss', label: 'Dismiss' },
      ],
    },
  }),
  warning: aView([question, anAnswer('They agree.', { details })], {
    title: question.text,
    alert: {
      id: 'unknownFields',
      severity: 'warning',
      message: 'OpenRouter ignores unknown fields in "switchboard.routing": zrd.',
      remedies: [
        { kind: 'openSettings', label: 'Open settings' },
        { kind: 'dismiss', label: 'Dismiss' },
      ],
    },
  }),
  'rejected key': aView([question, anAnswer('They agree.', { details })], {
    key: 'rejected',
    title: question.text,
    alert: {
      id: 'refused',
      message: 'logo.png is not text, so it cannot be attached.',
      remedies: [{ kind: 'dismiss', label: 'Dismiss' }],
    },
  }),
} as const satisfies Readonly<Record<string, ChatView>>;
