import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import {
  answerInMarkdown,
  structuredRequest,
} from '../../../src/core/prompts/structured/answerInMarkdown.ts';
import { explainCode } from '../../../src/core/prompts/explainCode.ts';
import { explanationMarkdown } from '../../../src/core/prompts/explanationMarkdown.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { aContextItem, aModel, aRequest } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const item = aContextItem({
  text: 'const a = 1;\nconst b = 2;\nadd(a, b);\n',
  lines: { start: 10, end: 12 },
});
const explanation = {
  summary: 'Adds two numbers.',
  steps: [
    { quote: 'const b = 2;', startLine: 99, explanation: 'The second number.' },
    { quote: 'nowhere to be found', startLine: 12, explanation: 'They are added.' },
  ],
  pitfalls: ['Nothing is returned.'],
};
const markdown = `Adds two numbers.

1. \`src/cart.ts:11\` The second number.

   \`\`\`typescript
   const b = 2;
   \`\`\`

2. \`src/cart.ts:12\` They are added.

   \`\`\`typescript
   nowhere to be found
   \`\`\`

**Pitfalls**

- Nothing is returned.`;

describe('a structured answer that is read as Markdown', () => {
  let model: FakeChatModel;
  beforeEach(() => {
    model = new FakeChatModel();
  });

  async function ask(capabilities = aModel().capabilities): Promise<readonly ResponseEvent[]> {
    const events: ResponseEvent[] = [];
    const request = structuredRequest(explainCode, { items: [item] }, aRequest(), aModel({ capabilities }));
    const stream = answerInMarkdown(
      explainCode,
      model.stream(request, new AbortController().signal),
      (value, complete) => explanationMarkdown(value, [item], complete),
    );
    for await (const event of stream) {
      events.push(event);
    }
    return events;
  }
  const said = (events: readonly ResponseEvent[]): readonly string[] =>
    events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
  const pieces = (text: string, size: number): readonly ResponseEvent[] =>
    (text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []).map((each) => ({ type: 'text', text: each }));

  for (const size of [1, 7, 50, 10_000]) {
    it(`grows paragraph by paragraph, in pieces of ${size}`, async () => {
      const finish = { type: 'finish', reason: 'stop' } as const;
      const usage = { type: 'usage', usage: { promptTokens: 1, completionTokens: 2, cost: 3 } } as const;
      model.willAnswer(...pieces(JSON.stringify(explanation), size), finish, usage);
      const events = await ask();
      assert.equal(said(events).join(''), markdown);
      assert.ok(size > 50 || said(events).length > 2, 'it is seen before it has ended');
      assert.deepEqual(events.slice(-2), [finish, usage]);
    });
  }

  it('is requested in a form that the model supports', async () => {
    const call = { id: '1', name: 'explanation', arguments: JSON.stringify(explanation) };
    model.willAnswer({ type: 'toolCalls', calls: [call] });
    assert.equal(said(await ask(['tools'])).join(''), markdown);
    assert.equal(model.requests[0]?.schema?.form, 'tool');
  });

  it('is found in a fence, and shown as it came where it is no such answer', async () => {
    model.willAnswer(...pieces('Here:\n```json\n' + JSON.stringify(explanation) + '\n```', 9));
    assert.equal(said(await ask()).join(''), markdown);
    model.willAnswer(...pieces('It adds numbers.', 5));
    assert.equal(said(await ask()).join(''), 'It adds numbers.');
    model.willAnswer(...pieces('{"steps": 7}', 5));
    assert.equal(said(await ask()).join(''), '{"steps": 7}');
  });

  it('is read in the shapes that models give it, and never from their thoughts', async () => {
    const draft = JSON.stringify({ ...explanation, summary: 'A draft.' });
    const json = JSON.stringify(explanation);
    const odd = JSON.stringify({
      ...explanation,
      steps: JSON.stringify(
        explanation.steps.map((step) => ({ ...step, startLine: String(step.startLine) })),
      ),
    });
    for (const events of [
      [{ type: 'text', text: `{"explanation":${json}}` }],
      [{ type: 'text', text: odd }],
      [{ type: 'text', text: draft }, { type: 'thoughts' }, { type: 'text', text: json }],
    ] as const) {
      model.willAnswer(...events);
      const all = await ask();
      const last = all.findLastIndex(({ type }) => type === 'thoughts');
      assert.equal(said(all.slice(last + 1)).join(''), markdown);
    }
  });

  it('keeps what was received when the stream fails', async () => {
    const half = JSON.stringify(explanation).slice(0, 120);
    model.willAnswer(...pieces(half, 10), new RequestError('provider'));
    await assert.rejects(ask(), { kind: 'provider' });
  });
});
