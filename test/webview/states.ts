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

/** All that can be known of an answer. */
const allDetails = {
  ...details,
  cachedTokens: 1_024,
  reasoningTokens: 96,
  ownKey: true,
  attempts: ['GPT-5.4 (Azure): 503'],
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
          reasoningMs: 3_240,
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
        reasoningMs: 3_240,
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
          message: 'There is not enough credit for this answer.',
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
        anAttachment({ id: 'instructions:AGENTS.md', label: 'AGENTS.md', tokens: 412, instructions: true }),
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
