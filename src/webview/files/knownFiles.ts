import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { fileLimits } from '../../protocol/fileLookup.ts';
import { onNextFrame } from '../shared/frames.ts';
import type { Host } from '../shared/host.ts';
import type { ChatStore } from '../shared/store.ts';

/** How many paths of a conversation are looked up; each may cost the host a search. */
const maxPaths = 300;

/** Workspace files that answers name. Each path has its own signal, so that only its links update. */
export class KnownFiles {
  readonly #host: Host;
  readonly #store: Pick<ChatStore, 'conversationId'>;
  readonly #files = new Map<string, Signal<boolean>>();
  #conversationId = '';
  /** Identifies a conversation's requests. */
  #id = crypto.randomUUID();
  #toAsk: string[] = [];

  constructor(host: Host, store: Pick<ChatStore, 'conversationId'>) {
    this.#host = host;
    this.#store = store;
    host.onMessage((message) => {
      if (message.type === 'foundFiles' && message.id === this.#id) {
        this.#take(message.paths);
      }
    });
  }

  /** Whether the workspace is known to have this file; asks the host about new paths. */
  has(path: string): ReadonlySignal<boolean> {
    this.#follow();
    const known = this.#files.get(path);
    if (known) {
      return known;
    }
    const found = signal(false);
    if (this.#files.size < maxPaths) {
      this.#files.set(path, found);
      this.#toAsk.push(path);
      if (this.#toAsk.length === 1) {
        onNextFrame(() => {
          this.#ask();
        });
      }
    }
    return found;
  }

  #ask(): void {
    const paths = this.#toAsk;
    this.#toAsk = [];
    for (let at = 0; at < paths.length; at += fileLimits.paths) {
      const question = { id: this.#id, paths: paths.slice(at, at + fileLimits.paths) };
      this.#host.post({ type: 'findFiles', question });
    }
  }

  #take(paths: readonly string[]): void {
    for (const path of paths) {
      const file = this.#files.get(path);
      if (file) {
        file.value = true;
      }
    }
  }

  /** Starts over with another conversation, whose files may differ. */
  #follow(): void {
    const conversationId = this.#store.conversationId.peek();
    if (conversationId !== this.#conversationId) {
      this.#conversationId = conversationId;
      this.#files.clear();
      this.#toAsk = [];
      this.#id = crypto.randomUUID();
    }
  }
}
