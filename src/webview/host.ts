import type { ToHost } from '../protocol/toHost.ts';
import type { ToWebview } from '../protocol/toWebview.ts';

/** What the panel keeps for itself while it is thrown away and drawn again. Conversations belong to the host. */
export interface PanelState {
  /** The question that is being written. */
  readonly draft: string;
}

/** The page's line to the extension. */
export interface Host {
  readonly post: (message: ToHost) => void;
  readonly onMessage: (listener: (message: ToWebview) => void) => void;
  readonly state: PanelState;
  setState(state: PanelState): void;
}

interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Connects to the extension; may be called once in the life of a page. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
        listener(data);
      });
    },
    get state() {
      return readState(api.getState());
    },
    setState: (state) => {
      api.setState(state);
    },
  };
}

function readState(saved: unknown): PanelState {
  const draft =
    typeof saved === 'object' && saved !== null && 'draft' in saved && typeof saved.draft === 'string'
      ? saved.draft
      : '';
  return { draft };
}
