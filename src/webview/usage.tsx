import { config } from '@vscode/l10n';
import { render } from 'preact';
import type { UsageToHost } from '../protocol/usageToHost.ts';
import type { UsageToWebview, UsageView } from '../protocol/usageView.ts';
import { UsagePage } from './usage/UsagePage.tsx';

declare function acquireVsCodeApi(): { postMessage(message: UsageToHost): void };

const root = document.getElementById('root');
if (root) {
  const words = document.getElementById('l10n')?.textContent;
  if (words !== undefined && words !== '') {
    config({ contents: words });
  }
  const api = acquireVsCodeApi();
  const post = (message: UsageToHost): void => {
    api.postMessage(message);
  };
  let view: UsageView | undefined;
  window.addEventListener('message', ({ data }: MessageEvent<UsageToWebview>) => {
    view = data.type === 'usage' ? data.view : view && { ...view, list: data.list };
    if (view) {
      render(<UsagePage view={view} post={post} />, root);
    }
  });
  post({ type: 'ready' });
}
