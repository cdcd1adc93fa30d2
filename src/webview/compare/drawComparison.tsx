import { signal } from '@preact/signals';
import { render } from 'preact';
import { isAnswerAction } from '../../protocol/answerActions.ts';
import type { ColumnView, CompareToHost, CompareToWebview } from '../../protocol/compareView.ts';
import { CodeColors } from '../code/codeColors.ts';
import { CompareNarrator } from './narrator.ts';
import { Comparison } from './Comparison.tsx';
import { KnownFiles } from '../files/knownFiles.ts';
import { connectHost, type Host } from '../shared/host.ts';
import { TexPainter } from '../markdown/texPainter.ts';
import { ChatStore } from '../shared/store.ts';

/** Draws a comparison. */
export function drawComparison(root: HTMLElement): void {
  const line = connectHost<CompareToHost, CompareToWebview>();
  const columns = signal<readonly ColumnView[]>([]);
  line.onMessage((message) => {
    if (message.type === 'columns') {
      columns.value = message.columns;
    }
  });
  const host: Host = {
    post: (message) => {
      if (message.type === 'ready' || isAnswerAction(message)) {
        line.post(message);
      }
    },
    onMessage: (listener) => {
      line.onMessage((message) => {
        if (message.type !== 'columns') {
          listener(message);
        }
      });
    },
    keep: line.keep,
    get state() {
      return line.state;
    },
  };
  const store = new ChatStore(host);
  const page = { host, store, narrator: new CompareNarrator(store, columns) };
  const drawing = { colors: new CodeColors(host), tex: new TexPainter(), files: new KnownFiles(host, store) };
  render(<Comparison page={page} drawing={drawing} columns={columns} post={line.post} />, root);
}
