import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cut, joined, onOneLine, prose, verbatim } from '../../../src/core/context/clean.ts';
import { Cleaner } from '../../../src/core/context/cleaner.ts';
import type { ContextItem } from '../../../src/core/context/contextItem.ts';
import type { Secret } from '../../../src/core/context/redaction.ts';
import type { AnswerSchema } from '../../../src/core/conversation/generation/chatModel.ts';
import type { ChatTool } from '../../../src/core/conversation/generation/chatTool.ts';
import type { Part } from '../../../src/core/conversation/part.ts';
import { aRequest, clean } from '../../support/builders.ts';

const secret = 'hush-123';
const item: ContextItem = {
  id: 'item',
  label: 'cart.ts',
  path: `src/${secret}/cart.ts`,
  languageId: 'typescript',
  text: `const key = '${secret}';`,
  tokens: 9,
};

describe('a Cleaner', () => {
  let [looks, isWanted] = [0, true];
  const find = (text: string): readonly Secret[] => {
    looks += 1;
    const found = [...text.matchAll(new RegExp(secret, 'g'))];
    return found.map(({ index }) => ({ start: index, end: index + secret.length, kind: 'test' }));
  };
  const cleaner = new Cleaner({ find: () => Promise.resolve(find), isWanted: () => isWanted });

  it('takes secrets out of a text', async () => {
    assert.equal(await cleaner.text(`a ${secret} b`), 'a [redacted: test] b');
  });

  it('takes secrets out of the text and the path of an item, and counts its tokens again', async () => {
    const { path, text, languageId, tokens } = await cleaner.item(item);
    assert.deepEqual(
      [path, languageId, text],
      ['src/[redacted: test]/cart.ts', 'typescript', "const key = '[redacted: test]';"],
    );
    assert.notEqual(tokens, item.tokens);
  });

  it('does not look through an item again that it has cleaned', async () => {
    const cleaned = await cleaner.item(item);
    looks = 0;
    assert.equal(await cleaner.item(cleaned), cleaned);
    assert.equal(looks, 0);
  });

  it('keeps an item that the user sends with its secrets', async () => {
    assert.deepEqual(await cleaner.item(cleaner.asIs(item)), { ...item, asIs: true });
  });

  it('keeps everything while redaction is off, and redacts once it is on again', async () => {
    isWanted = false;
    const sent = await cleaner.item(item);
    isWanted = true;
    assert.equal(sent, item);
    assert.match((await cleaner.item(sent)).text, /redacted/);
  });
});

describe('clean text', () => {
  it('is composed of our own words and clean pieces', () => {
    const name = clean('cart.ts');
    assert.equal(verbatim`${name}:${3}\n`, 'cart.ts:3\n');
    assert.equal(
      prose`
        Look at ${name},
        and say \`why\`.`,
      'Look at cart.ts, and say `why`.',
    );
    assert.equal(joined([name, verbatim`b`], ', '), 'cart.ts, b');
    assert.equal(cut(name, 0, -3), 'cart');
    assert.equal(onOneLine(verbatim`a  \n  b`), 'a b');
  });

  it('is all that a request takes', () => {
    const typed: string = 'Why?';
    const part = (each: Part): Part => each;
    const tool = (each: ChatTool): ChatTool => each;
    const schema = (each: AnswerSchema): AnswerSchema => each;
    // To the compiler each of these lines is an error. Where one is none, `npm test` fails there.
    // @ts-expect-error Nobody has cleaned it.
    part({ type: 'text', text: verbatim`Say ${typed}` });
    // @ts-expect-error Nobody has cleaned it.
    part({ type: 'text', text: prose`Say ${typed}` });
    // @ts-expect-error Nobody has cleaned it.
    joined([typed], '');
    // @ts-expect-error The instructions are sent.
    aRequest({ system: typed });
    // @ts-expect-error The words are sent.
    part({ type: 'text', text: typed });
    // @ts-expect-error What a model has said is sent again with the next question.
    part({ type: 'reasoning', text: typed });
    // @ts-expect-error What came of a tool is sent.
    part({ type: 'toolResult', callId: '1', state: 'done', text: typed });
    // @ts-expect-error What is attached is sent.
    part({ type: 'context', item });
    // @ts-expect-error The name of a file is sent.
    part({ type: 'file', name: typed, url: 'data:application/pdf;base64,AA==' });
    // @ts-expect-error The name of a tool is sent.
    tool({ name: typed });
    // @ts-expect-error What a tool is for is sent.
    tool({ name: verbatim`look`, description: typed });
    // @ts-expect-error The arguments of a tool are sent.
    tool({ name: verbatim`look`, parameters: { description: typed } });
    // @ts-expect-error The form of an answer is sent.
    schema({ name: verbatim`form`, schema: { description: typed } });
    // @ts-expect-error A part of a clean text is made by `cut`: `slice` gives any text.
    part({ type: 'text', text: verbatim`Why?`.slice(1) });
  });
});
