import { config } from '@vscode/l10n';
import { render } from 'preact';
import type { UsageToHost } from '../protocol/usageToHost.ts';
import type { UsageToWebview } from '../protocol/usageView.ts';
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
  window.addEventListener('message', ({ data }: MessageEvent<UsageToWebview>) => {
    render(<UsagePage view={data.view} post={post} />, root);
  });
  post({ type: 'ready' });
}
