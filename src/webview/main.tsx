import { render } from 'preact';
import { CodeColours } from './code/codeColours.ts';
import { App } from './components/App.tsx';
import { Draft } from './draft.ts';
import { KnownFiles } from './files/knownFiles.ts';
import { connectHost } from './host.ts';
import { Narrator } from './narrator.ts';
import { ChatStore } from './store.ts';

const root = document.getElementById('root');
if (root) {
  const host = connectHost();
  const store = new ChatStore(host);
  const panel = {
    host,
    store,
    draft: new Draft(host, store),
    narrator: new Narrator(store),
    colours: new CodeColours(host),
    files: new KnownFiles(host, store),
  };
  render(<App panel={panel} />, root);
}
