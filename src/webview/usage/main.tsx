import { render } from 'preact';
import type { UsageToHost } from '../../protocol/usageToHost.ts';
import type { UsageToWebview, UsageView } from '../../protocol/usageView.ts';
import { readTranslation } from '../shared/translation.ts';
import { UsagePage } from './UsagePage.tsx';

declare function acquireVsCodeApi(): { postMessage(message: UsageToHost): void };

const root = document.getElementById('root');
if (root) {
  readTranslation();
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
