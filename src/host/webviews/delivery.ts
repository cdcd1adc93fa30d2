import { isOver, type ChatChange, type TranscriptView } from '../../protocol/chatView.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';

/** Between deliveries: often enough for the eye, rarely enough to batch tokens. */
const intervalMs = 33;

/**
 * Brings the panel up to date: a snapshot when it asks, then deltas without a gap. The first change after a pause
 * leaves at once, and so do the first text of an answer and its end, which are waited for; others that follow quickly
 * are joined.
 */
export class Delivery {
  readonly #post: (message: ToWebview) => void;
  readonly #snapshot: () => Omit<TranscriptView, 'revision'>;
  #revision = 0;
  #connected = false;
  #pending: ChatChange[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The parts of answers that the panel has been told text of. */
  readonly #begun = new Set<string>();

  constructor(post: (message: ToWebview) => void, snapshot: () => Omit<TranscriptView, 'revision'>) {
    this.#post = post;
    this.#snapshot = snapshot;
  }

  /** Sends the whole view; deltas follow. */
  sendSnapshot(): void {
    this.#connected = true;
    this.#pending = [];
    this.#begun.clear();
    this.#revision += 1;
    this.#post({ type: 'snapshot', view: { revision: this.#revision, ...this.#snapshot() } });
  }

  /** More changed than deltas can express: a new snapshot, if anyone is looking. */
  replace(): void {
    if (this.#connected) {
      this.sendSnapshot();
    }
  }

  /** The panel is gone or hidden: it will request a snapshot when it returns. */
  disconnect(): void {
    this.#connected = false;
    this.#pending = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Passes changes on soon. */
  push(...changes: readonly ChatChange[]): void {
    if (!this.#connected) {
      return;
    }
    let isAwaited = false;
    for (const change of changes) {
      isAwaited = this.#isAwaited(change) || isAwaited;
      this.#add(change);
    }
    if (this.#timer === undefined || isAwaited) {
      this.#flush();
    }
  }

  /** Whether the user waits for just this. */
  #isAwaited(change: ChatChange): boolean {
    if (change.type === 'part' || change.type === 'append') {
      const part = `${change.messageId} ${String(change.at)}`;
      const isFirst = !this.#begun.has(part);
      this.#begun.add(part);
      return isFirst;
    }
    return change.type === 'message' && change.message.role === 'assistant' && isOver(change.message.state);
  }

  /** Adjacent texts of the same part are one change. */
  #add(change: ChatChange): void {
    const last = this.#pending.at(-1);
    if (
      change.type === 'append' &&
      last?.type === 'append' &&
      last.messageId === change.messageId &&
      last.at === change.at
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
    }
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#tick();
    }, intervalMs);
    this.#revision += 1;
    this.#post({ type: 'delta', delta: { revision: this.#revision, changes: this.#pending } });
    this.#pending = [];
  }
}
