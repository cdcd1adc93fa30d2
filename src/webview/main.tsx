import { render } from 'preact';
import { CodeColours } from './code/codeColours.ts';
import { App } from './components/App.tsx';
import { Draft } from './draft.ts';
import { KnownFiles } from './files/knownFiles.ts';
import { connectHost } from './host.ts';
import { TexPainter } from './markdown/texPainter.ts';
import { Narrator } from './narrator.ts';
import { ChatStore } from './store.ts';
import { Suggestions } from './suggestions.ts';
import { readTranslation } from './translation.ts';

const root = document.getElementById('root');
if (root) {
  readTranslation();
  const host = connectHost();
  const store = new ChatStore(host);
  const draft = new Draft(host, store);
  window.addEventListener('pagehide', () => {
    draft.flush();
  });
  const panel = {
    host,
    store,
    composing: { draft, suggestions: new Suggestions(host) },
    narrator: new Narrator(store),
    colours: new CodeColours(host),
    tex: new TexPainter(),
    files: new KnownFiles(host, store),
  };
  render(<App panel={panel} />, root);
}
