import type { ToHost } from '../../../src/protocol/toHost.ts';
import type { ToWebview } from '../../../src/protocol/toWebview.ts';
import type { Host } from '../../../src/webview/shared/host.ts';
import { readPanelState } from '../../../src/webview/shared/panelState.ts';
import { ChatStore } from '../../../src/webview/shared/store.ts';

/** A host that records what the panel says, and speaks when the test does. */
export interface FakeHost extends Host {
  readonly posted: ToHost[];
  say(message: ToWebview): void;
}

/** A host for a panel that has kept this state. */
export function aHost(saved?: unknown): FakeHost {
  const posted: ToHost[] = [];
  const listeners: ((message: ToWebview) => void)[] = [];
  let state = readPanelState(saved);
  return {
    posted,
    post: (message) => posted.push(message),
    onMessage: (listener) => listeners.push(listener),
    get state() {
      return state;
    },
    keep: (parts) => {
      // Through JSON, as VS Code keeps it.
      state = readPanelState(JSON.parse(JSON.stringify({ ...state, ...parts })));
    },
    say: (message) => {
      for (const listener of listeners) {
        listener(message);
      }
    },
  };
}

/** The panel's copy where every frame is drawn at once. */
export function aStore(host: Host): ChatStore {
  return new ChatStore(host, (work) => {
    work();
  });
}
