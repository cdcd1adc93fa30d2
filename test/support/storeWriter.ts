import { openStore } from '../../src/host/store/openStore.ts';

/**
 * Another window, as far as the store is concerned: writes answers in pieces into the conversation `c`, and says
 * after each how far it has come.
 */
const [folder = '', name = '', answers = '50'] = process.argv.slice(2);
const opened = openStore(folder, Date.now);
const { store } = opened;
for (let index = 0; index < Number(answers); index++) {
  const id = `${name}-${index}`;
  store.addMessage('c', {
    role: 'assistant',
    id,
    createdAt: index,
    parts: [],
    answer: { requestedModel: 'm', generations: [], outcome: { state: 'pending' } },
  });
  store.appendPart(id, 0, 'text', `${name} ${index}`);
  store.appendPart(id, 0, 'text', ' and more');
  process.stdout.write(`${index}\n`);
}
opened.dispose();
