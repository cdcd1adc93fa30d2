import { openStore } from '../../src/host/store/openStore.ts';

/** Another window, as far as the store is concerned: writes fifty answers in pieces, then ends. */
const [folder = '', name = ''] = process.argv.slice(2);
const { store, dispose } = openStore(folder, Date.now);
for (let index = 0; index < 50; index++) {
  const id = `${name}-${index}`;
  store.addMessage('c', {
    role: 'assistant',
    id,
    createdAt: index,
    parts: [],
    answer: { requestedModel: 'm', outcome: { state: 'pending' } },
  });
  store.appendPart(id, 0, 'text', `${name} ${index}`);
  store.appendPart(id, 0, 'text', ' and more');
}
dispose();
