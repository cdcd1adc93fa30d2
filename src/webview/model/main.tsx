import { render } from 'preact';
import type { ModelToHost } from '../../protocol/modelToHost.ts';
import type { ModelToWebview } from '../../protocol/modelView.ts';
import { ModelPage } from './ModelPage.tsx';
import { readTranslation } from '../shared/translation.ts';

declare function acquireVsCodeApi(): { postMessage(message: ModelToHost): void };

const root = document.getElementById('root');
if (root) {
  readTranslation();
  const api = acquireVsCodeApi();
  const post = (message: ModelToHost): void => {
    api.postMessage(message);
  };
  window.addEventListener('message', ({ data }: MessageEvent<ModelToWebview>) => {
    render(<ModelPage view={data.view} post={post} />, root);
  });
  post({ type: 'ready' });
}
