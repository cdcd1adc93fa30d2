import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { relay } from '../../../src/core/openrouter/chat/eventRelay.ts';

const text = (words: string): ResponseEvent => ({ type: 'text', text: words });
const reasoning = (words: string): ResponseEvent => ({ type: 'reasoning', text: words });

describe('relay', () => {
  it('joins texts that come together, and keeps their order with all else', async () => {
    const finish: ResponseEvent = { type: 'finish', reason: 'stop' };
    const heard: ResponseEvent[] = [];
    const events = relay((take) => {
      [reasoning('Hm'), reasoning('m.'), text('A'), text('B'), finish, text('C')].forEach(take);
      return Promise.resolve();
    });
    for await (const event of events) {
      heard.push(event);
    }
    assert.deepEqual(heard, [reasoning('Hmm.'), text('AB'), finish, text('C')]);
  });

  it('passes on everything, in fewer events than it received', async () => {
    let count = 0;
    const events = relay(async (take) => {
      for (let at = 0; at < 50; at += 1) {
        take(text('x'));
        take(text('y'));
        await turn();
      }
    });
    let received = '';
    for await (const event of events) {
      received += event.type === 'text' ? event.text : '';
      count += 1;
    }
    assert.equal(received, 'xy'.repeat(50));
    assert.ok(count <= 50, `in ${count}`);
  });

  it('hands on what came before a failure, and then throws it', async () => {
    const failure = new Error('broken');
    const heard: ResponseEvent[] = [];
    await assert.rejects(async () => {
      const events = relay(async (take) => {
        take(text('A'));
        await turn();
        take(text('B'));
        throw failure;
      });
      for await (const event of events) {
        heard.push(event);
      }
    }, failure);
    assert.deepEqual(heard.map((event) => ('text' in event ? event.text : '')).join(''), 'AB');
  });
});
