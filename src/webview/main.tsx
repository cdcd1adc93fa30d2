import { render } from 'preact';
import { App } from './components/App.tsx';
import { connectHost } from './host.ts';
import { ChatStore } from './store.ts';

const root = document.getElementById('root');
if (root) {
  const host = connectHost();
  render(<App host={host} store={new ChatStore(host)} />, root);
}
