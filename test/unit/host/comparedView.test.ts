import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Comparison, type ComparedModel } from '../../../src/core/conversation/session/comparison.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { comparedView } from '../../../src/host/compare/comparedView.ts';
import { compareToHost } from '../../../src/protocol/compareView.ts';
import { FakeChatModel } from '../../support/fakes.ts';
import { asking, clean } from '../../support/builders.ts';

describe('a compared answer as its column draws it', () => {
  it('waits before it has begun, and offers only ways on that leave it comparable', async () => {
    const model = new FakeChatModel();
    let id = 0;
    const comparison = new Comparison(
      {
        chat: () => Promise.resolve(model),
        request: () => ({ model: 'author/one', maxTokens: 100, system: clean('') }),
        now: () => 1,
        newId: () => `id${(id += 1)}`,
        estimate: () => undefined,
        lookUpUsage: () => Promise.resolve(undefined),
      },
      ['author/one'],
    );
    const [compared] = comparison.models as readonly [ComparedModel];
    const nameOf = (name: string): string => name;
    assert.equal(comparedView(compared, nameOf).state, 'waiting');
    model.willAnswer(new RequestError('credit', { affordableTokens: 500 }));
    await comparison.ask(comparison.prepare(asking('Which?')));
    const view = comparedView(compared, nameOf);
    assert.equal(view.state, 'failed');
    assert.deepEqual(
      view.alert?.remedies.map(({ kind }) => kind),
      ['addCredits', 'tryAgain'],
    );
    for (const kind of ['dayBudget', 'runBudget', 'spendingUnknown'] as const) {
      model.willAnswer(new RequestError(kind));
      await compared.session.send(compared.session.prepare.retry(comparedView(compared, nameOf).id));
      assert.deepEqual(
        comparedView(compared, nameOf).alert?.remedies.map((remedy) => remedy.kind),
        ['raiseLimit', 'tryAgain'],
      );
    }
  });
});

describe('what the page of a comparison says', () => {
  it('is taken only in its known forms', () => {
    const stop = { type: 'stop' };
    for (const [message, known] of [
      [{ type: 'ready' }, true],
      [{ type: 'keep', column: 3 }, true],
      [{ type: 'inColumn', column: 0, message: stop }, true],
      [{ type: 'keep', column: 4 }, false],
      [{ type: 'keep', column: -1 }, false],
      [{ type: 'inColumn', column: 0, message: { type: 'keep', column: 0 } }, false],
      [{ type: 'inColumn', message: stop }, false],
      [undefined, false],
    ] as const) {
      assert.equal(compareToHost.safeParse(message).success, known, JSON.stringify(message));
    }
  });
});
