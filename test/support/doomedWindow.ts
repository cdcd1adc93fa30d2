import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ChatSession } from '../../src/core/conversation/session/chatSession.ts';
import { openStore } from '../../src/host/store/openStore.ts';
import { FakeChatModel } from './fakes.ts';
import { asking, clean } from './builders.ts';

/**
 * A window that will be killed: asks one question for each of the answers it is given, and says of each word, as it
 * shows it, how many of which answer are shown, and when.
 */
const [folder = '', ...answers] = process.argv.slice(2);
const betweenWordsMs = 4;

const model = new FakeChatModel();
const { store } = openStore(folder, Date.now);
const session = ChatSession.begin({
  store,
  chat: () => Promise.resolve(model),
  model: () => 'author/model',
  request: () => ({ model: 'author/model', maxTokens: 10_000, system: clean('') }),
  now: Date.now,
  newId: randomUUID,
  estimate: () => undefined,
  lookUpUsage: () => Promise.resolve(undefined),
});
let [answer, words] = [0, 0];
session.onDidChange((change) => {
  if (change.type === 'append') {
    words += 1;
    process.stdout.write(`${JSON.stringify({ answer, words, at: Date.now() })}\n`);
  }
});
for (const text of answers) {
  model.willDo(async function* () {
    for (const word of text.match(/\S+ /g) ?? []) {
      await delay(betweenWordsMs);
      yield { type: 'text', text: word };
    }
  });
  words = 0;
  await session.send(session.prepare.question(asking(`Question ${answer}`)));
  answer += 1;
}
