import type { ToHost } from '../../protocol/toHost.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { readPanelState, type PanelState } from './panelState.ts';

/** The page's connection to the extension. */
export interface Host<Out = ToHost, In = ToWebview> {
  readonly post: (message: Out) => void;
  readonly onMessage: (listener: (message: In) => void) => void;
  readonly state: PanelState;
  /** Saves parts of the state; `undefined` removes a part. */
  readonly keep: (parts: { readonly [Part in keyof PanelState]?: PanelState[Part] | undefined }) => void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Connects to the extension; call once per page. */
export function connectHost<Out = ToHost, In = ToWebview>(): Host<Out, In> {
  const api = acquireVsCodeApi();
  let state = readPanelState(api.getState());
  return {
    post: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      window.addEventListener('message', ({ data }: MessageEvent<In>) => {
        listener(data);
      });
    },
    get state() {
      return state;
    },
    keep: (parts) => {
      state = readPanelState({ ...state, ...parts });
      api.setState(state);
    },
  };
}
