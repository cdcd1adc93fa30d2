import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { ThoughtReader, withThoughtsApart } from '../../../src/core/conversation/generation/thoughts.ts';

interface Told {
  readonly thought: string;
  readonly text: string;
}

/** What is told of an answer that comes in these pieces. */
function told(...pieces: readonly string[]): Told {
  const reader = new ThoughtReader();
  let [thought, text] = ['', ''];
  const take = (event: ResponseEvent): void => {
    thought += event.type === 'reasoning' ? event.text : event.type === 'thoughts' ? text : '';
    text = event.type === 'thoughts' ? '' : text + (event.type === 'text' ? event.text : '');
  };
  for (const piece of pieces) {
    reader.read(piece, take);
  }
  reader.end(take);
  return { thought, text };
}

const fence = '```';
const channels =
  '<|channel|>analysis<|message|>It greets.<|end|><|start|>assistant<|channel|>final<|message|>Hello.<|return|>';

const table: readonly (readonly [what: string, answer: string, thought: string, text: string])[] = [
  ['a tag before the answer', '<think>\nIt greets.\n</think>\n\nHello there.', 'It greets.', 'Hello there.'],
  ['another tag', '<thinking>It greets.</thinking>Hello there.', 'It greets.', 'Hello there.'],
  ['white space before it', '\n\n <THINK>It greets.</Think>\nHello.', 'It greets.', 'Hello.'],
  ['brackets', '[THINK]It greets.[/THINK]Hello.', 'It greets.', 'Hello.'],
  ['two thoughts', '<think>One.</think>\n<think>Two.</think>\nHello.', 'One.\n\nTwo.', 'Hello.'],
  ['an empty thought', '<think>\n\n</think>\n\nHello.', '', 'Hello.'],
  ['one that does not end', '<think>It greets, so I', 'It greets, so I', ''],
  ['one that breaks off in its mark', '<think>It greets.</thi', 'It greets.</thi', ''],
  ['a closing tag alone', 'It greets.\n</think>\n\nHello.', 'It greets.\n', 'Hello.'],
  ['a closing tag at a line’s end', 'It greets.</think>\nHello.', 'It greets.', 'Hello.'],
  ['a closing tag at the beginning', '</think>\n\nHello.', '', 'Hello.'],
  ['a closing tag with nothing after it', '{"a":1}</think>', '', '{"a":1}'],
  ['channels', channels, 'It greets.', 'Hello.'],
  ['channels that begin with the role', `<|start|>assistant${channels}`, 'It greets.', 'Hello.'],
  ['the final channel alone', '<|channel|>final<|message|>Hello.<|end|>', '', 'Hello.'],
  [
    'two channels of thoughts',
    `<|channel|>analysis<|message|>One.<|end|><|start|>assistant${channels}`,
    'One.\n\nIt greets.',
    'Hello.',
  ],
  [
    'a channel whose beginning is lost',
    'It greets.<|end|><|start|>assistant<|channel|>final<|message|>Hello.<|return|>',
    'It greets.',
    'Hello.',
  ],
];

const plain: readonly (readonly [what: string, answer: string])[] = [
  ['no tag', 'Hello there.'],
  ['white space', '\n\n  Hello <b>there</b>. '],
  ['a tag within a text', 'Models write <think> before they answer.\n\n</think>\nThat ends it.'],
  ['tags in code', 'Use `<think>` and `</think>` around it.\nHello.'],
  ['tags in a fence', `So:\n\n${fence}\n<think>\na\n</think>\n${fence}\n\nHello.`],
  ['a closing tag in a fence', `So:\n\n${fence}\na\n</think>\n${fence}\n\nHello.`],
  ['a closing tag in code on its own line', 'It ends with\n\n`</think>`\n\nand then the answer.'],
  ['a fence first', `${fence}html\n<think>\n</think>\n${fence}\n`],
  ['a closing tag in a sentence', 'The tag </think> ends a thought.'],
  ['a closing tag in JSON', '{"subject":"strip </think>tags","body":"a"}'],
  ['the beginning of a tag', '<thi'],
  ['another tag first', '<thinker>Hello</thinker>'],
  ['a comparison', 'a < b and [x] <| y'],
];

describe('Thoughts within an answer', () => {
  for (const [what, answer, thought, text] of table) {
    it(`are told apart: ${what}`, () => assert.deepEqual(told(answer), { thought, text }));
  }

  for (const [what, answer] of plain) {
    it(`aren't found in ${what}`, () => assert.deepEqual(told(answer), { thought: '', text: answer }));
  }

  it('are the same wherever the answer is split', () => {
    const answers = [...table, ...plain].map(([, answer]) => answer);
    const part = fc.constantFrom(
      ...[
        '<think>',
        '</think>',
        '<',
        '</',
        '`',
        '\n',
        ' ',
        'a',
        fence,
        '{',
        '}',
        '<|channel|>',
        'final',
        '<|message|>',
        '<|end|>',
      ],
    );
    const anyAnswer = fc.oneof(
      fc.constantFrom(...answers),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyAnswer, fc.array(fc.nat(60), { maxLength: 6 }), (answer, cuts) => {
        const ends = [...cuts.map((cut) => cut % (answer.length + 1)).sort((a, b) => a - b), answer.length];
        const pieces = ends.map((end, at) => answer.slice(ends[at - 1] ?? 0, end));
        assert.deepEqual(told(...pieces), told(answer));
        assert.deepEqual(told(...answer.split(/(?:)/u)), told(answer));
      }),
      { numRuns: 400 },
    );
  });

  it('are told in order with all other events, and before a failure', async () => {
    async function* events(): AsyncGenerator<ResponseEvent> {
      yield { type: 'origin', model: 'm' };
      yield { type: 'text', text: 'a <' };
      yield { type: 'usage', usage: { promptTokens: 1, completionTokens: 2 } };
      await Promise.resolve();
      throw new Error('broken off');
    }
    const all: ResponseEvent[] = [];
    await assert.rejects(async () => {
      for await (const event of withThoughtsApart(events())) {
        all.push(event);
      }
    }, /broken off/);
    const said = all.map((event) =>
      event.type === 'text' || event.type === 'reasoning' ? event.text : event.type,
    );
    assert.deepEqual(said, ['origin', 'a ', 'usage', '<']);
  });
});
