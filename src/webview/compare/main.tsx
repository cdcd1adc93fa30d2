import { signal } from '@preact/signals';
import { render } from 'preact';
import type { ColumnView, CompareToHost, CompareToWebview } from '../../protocol/compareView.ts';
import { CodeColors } from '../code/codeColors.ts';
import { CompareNarrator } from './narrator.ts';
import { Comparison } from './Comparison.tsx';
import { KnownFiles } from '../files/knownFiles.ts';
import { connectHost, type Host } from '../shared/host.ts';
import { TexPainter } from '../markdown/texPainter.ts';
import { ChatStore } from '../shared/store.ts';
import { readTranslation } from '../shared/translation.ts';

const root = document.getElementById('root');
if (root) {
  readTranslation();
  const page = connectHost<CompareToHost, CompareToWebview>();
  const columns = signal<readonly ColumnView[]>([]);
  page.onMessage((message) => {
    if (message.type === 'columns') {
      columns.value = message.columns;
    }
  });
  const host: Host = {
    post: page.post,
    onMessage: (listener) => {
      page.onMessage((message) => {
        if (message.type !== 'columns') {
          listener(message);
        }
      });
    },
    keep: page.keep,
    get state() {
      return page.state;
    },
  };
  const store = new ChatStore(host);
  const panel = {
    host,
    store,
    narrator: new CompareNarrator(store, columns),
    colors: new CodeColors(host),
    tex: new TexPainter(),
    files: new KnownFiles(host, store),
  };
  render(<Comparison panel={panel} columns={columns} post={page.post} />, root);
}
