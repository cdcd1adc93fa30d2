import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { AnswerEvent, ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { ChatSession } from '../../../src/core/conversation/session/chatSession.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { Delivery } from '../../../src/host/webviews/delivery.ts';
import { toMessageViews } from '../../../src/host/answers/messageView.ts';
import { viewChangeOf } from '../../../src/host/chat/viewChange.ts';
import {
  applyDelta,
  type ChatHeader,
  type ChatView,
  type TranscriptView,
} from '../../../src/protocol/chatView.ts';
import type { ToWebview } from '../../../src/protocol/toWebview.ts';
import { FakeChatModel, sessionParts } from '../../support/fakes.ts';
import { asking, clean } from '../../support/builders.ts';

const header: ChatHeader = {
  key: 'set',
  model: { id: 'm', name: 'M' },
  title: '',
  attachments: [],
  busy: false,
};

/** A panel at the other end of a delivery: it knows what it was told, and nothing else. */
class FakePanel {
  copy: TranscriptView | undefined;
  readonly revisions: number[] = [];

  readonly receive = (message: ToWebview): void => {
    if (message.type === 'snapshot') {
      this.copy = message.view;
    } else if (message.type === 'delta') {
      assert.ok(this.copy, 'no delta comes before a snapshot');
      this.copy = applyDelta(this.copy, message.delta);
      assert.ok(this.copy, 'no delta leaves a gap');
    }
    this.revisions.push(this.copy?.revision ?? 0);
  };
}

const events: fc.Arbitrary<AnswerEvent | RequestError> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constantFrom('text', 'reasoning'), text: fc.string({ minLength: 1 }) }),
  },
  fc.constant({ type: 'origin', model: 'author/model', provider: 'Someone' } as const),
  fc.constant({ type: 'usage', usage: { promptTokens: 1, completionTokens: 2, cost: 3 } } as const),
  fc.constant({ type: 'finish', reason: 'length' } as const),
  fc.constant({ type: 'images', images: ['data:image/png;base64,AA=='] } as const),
  fc.constant({ type: 'sources', sources: [{ url: 'https://a', title: 'A' }] } as const),
  fc.constant({ type: 'toolCalls', calls: [{ id: '1', name: 'read', arguments: '{}' }] } as const),
  fc.constant({ type: 'toolResult', result: clean({ callId: '1', state: 'done', text: 'a' }) } as const),
  fc.constant({ type: 'reasoningDetails', details: [{}] } as const),
  fc.constant({ type: 'nextGeneration' } as const),
  fc.constant(new RequestError('truncated')),
);

/** What only an answer of several rounds has. */
function isOfModel(event: AnswerEvent | RequestError): event is ResponseEvent | RequestError {
  return event instanceof RequestError || (event.type !== 'toolResult' && event.type !== 'nextGeneration');
}

describe("the panel's copy of a conversation", () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
  });

  afterEach(() => {
    mock.timers.reset();
  });

  it("equals the host's own view after every event, hidden or shown, of questions, answers, versions and retries", async () => {
    const turn = fc.record({
      answer: fc.array(events, { maxLength: 8 }),
      act: fc.constantFrom('ask', 'retry', 'regenerate', 'edit', 'continue'),
      shownBefore: fc.boolean(),
      place: fc.nat(6),
      hidden: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 4 }), async (turns) => {
        const model = new FakeChatModel();
        const session = ChatSession.begin(sessionParts(model));
        const panel = new FakePanel();
        const view = (): Omit<ChatView, 'revision'> => ({
          conversationId: 'c',
          header,
          messages: toMessageViews(session),
        });
        const delivery = new Delivery(panel.receive, view);
        let hidden = false;
        // A session takes whatever a model throws for a failed answer, so differences are kept for later.
        const differences: unknown[] = [];
        const compare = (): void => {
          mock.timers.tick(33);
          const [copy, truth] = [
            { ...panel.copy, revision: 0 },
            { ...view(), revision: 0 },
          ];
          if (!hidden && !isDeepStrictEqual(copy, truth)) {
            differences.push({ copy, truth });
          }
        };
        session.onDidChange((change) => {
          const passed = viewChangeOf(session, change);
          if (passed === 'replaced') {
            delivery.replace();
          } else if (passed) {
            delivery.push(passed);
          }
        });
        delivery.sendSnapshot();
        for (const each of turns) {
          if (each.hidden !== hidden) {
            hidden = each.hidden;
            if (hidden) {
              delivery.disconnect();
            } else {
              delivery.sendSnapshot();
            }
          }
          const play = async function* <Event>(
            played: readonly (Event | RequestError)[],
          ): AsyncGenerator<Event> {
            for (const event of played) {
              await Promise.resolve();
              compare();
              if (event instanceof RequestError) {
                throw event;
              }
              yield event;
            }
          };
          // A question that is asked gets its answer from `read` below, with events that are no model's.
          model.willDo(() => play(each.act === 'ask' ? [] : each.answer.filter(isOfModel)));
          const messages = session.visible.map(({ message }) => message);
          const { id: chosen = '' } = messages[each.place] ?? messages.at(-1) ?? {};
          if (each.shownBefore) {
            session.showVersion(chosen, -1);
            compare();
          }
          const acts = {
            ask: () => session.send(session.prepare.question(asking('?')), () => play(each.answer)),
            retry: () => session.send(session.prepare.retry(chosen)),
            regenerate: () => session.send(session.prepare.regenerate(chosen)),
            edit: () => session.send(session.prepare.edit(chosen, clean('Else?'))),
            continue: () => session.send(session.prepare.continue(chosen)),
          };
          await acts[each.act]();
          compare();
        }
        hidden = false;
        delivery.sendSnapshot();
        compare();
        assert.deepEqual(differences, []);
        assert.deepEqual(
          panel.revisions,
          [...panel.revisions].sort((a, b) => a - b),
        );
      }),
      { numRuns: 100 },
    );
  });
});
