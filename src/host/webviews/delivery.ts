import type { ChatChange, ChatView } from '../../protocol/chatView.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';

/** Between two deliveries: fast enough for the eye, slow enough to carry many tokens at once. */
const intervalMs = 33;

/**
 * Brings the panel up to date: a snapshot when it asks, then deltas without a gap. The first change after a pause
 * leaves at once; those that follow quickly are joined.
 */
export class Delivery {
  readonly #post: (message: ToWebview) => void;
  readonly #snapshot: () => Omit<ChatView, 'revision'>;
  #revision = 0;
  #connected = false;
  #pending: ChatChange[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(post: (message: ToWebview) => void, snapshot: () => Omit<ChatView, 'revision'>) {
    this.#post = post;
    this.#snapshot = snapshot;
  }

  /** Sends the whole view; from here on deltas follow. */
  sendSnapshot(): void {
    this.#connected = true;
    this.#pending = [];
    this.#revision += 1;
    this.#post({ type: 'snapshot', view: { revision: this.#revision, ...this.#snapshot() } });
  }

  /** More has changed than deltas can say: a new snapshot, if anybody is looking. */
  replace(): void {
    if (this.#connected) {
      this.sendSnapshot();
    }
  }

  /** The panel is gone or hidden: it will ask for a snapshot when it is back. */
  disconnect(): void {
    this.#connected = false;
    this.#pending = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Passes changes on, soon. */
  push(...changes: readonly ChatChange[]): void {
    if (!this.#connected) {
      return;
    }
    for (const change of changes) {
      this.#add(change);
    }
    if (this.#timer === undefined) {
      this.#flush();
      this.#timer = setTimeout(() => {
        this.#tick();
      }, intervalMs);
    }
  }

  /** Text that follows text of the same part is one change. */
  #add(change: ChatChange): void {
    const last = this.#pending.at(-1);
    if (
      change.type === 'append' &&
      last?.type === 'append' &&
      last.messageId === change.messageId &&
      last.part === change.part
    ) {
      this.#pending.splice(-1, 1, { ...last, text: last.text + change.text });
    } else {
      this.#pending.push(change);
    }
  }

  #tick(): void {
    this.#timer = undefined;
    if (this.#pending.length > 0) {
      this.#flush();
      this.#timer = setTimeout(() => {
        this.#tick();
      }, intervalMs);
    }
  }

  #flush(): void {
    this.#revision += 1;
    this.#post({ type: 'delta', delta: { revision: this.#revision, changes: this.#pending } });
    this.#pending = [];
  }
}
