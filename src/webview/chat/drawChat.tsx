import { render } from 'preact';
import { CodeColors } from '../code/codeColors.ts';
import { App } from './App.tsx';
import { Draft } from '../composer/draft.ts';
import { KnownFiles } from '../files/knownFiles.ts';
import { connectHost } from '../shared/host.ts';
import { TexPainter } from '../markdown/texPainter.ts';
import { Narrator } from './narrator.ts';
import { ChatStore } from '../shared/store.ts';
import { Suggestions } from '../composer/suggestions.ts';

/** Draws the chat. */
export function drawChat(root: HTMLElement): void {
  const host = connectHost();
  const store = new ChatStore(host);
  const draft = new Draft(host, store);
  window.addEventListener('pagehide', () => {
    draft.flush();
  });
  const page = { host, store, narrator: new Narrator(store) };
  const drawing = { colors: new CodeColors(host), tex: new TexPainter(), files: new KnownFiles(host, store) };
  const composing = { draft, suggestions: new Suggestions(host) };
  render(<App page={page} drawing={drawing} composing={composing} />, root);
}
