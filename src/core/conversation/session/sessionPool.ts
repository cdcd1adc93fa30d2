import { Emitter, type Disposable } from '../../util/emitter.ts';
import { ChatSession, type SessionParts } from './chatSession.ts';
import type { SessionChange } from './sessionChange.ts';

/** A change of one of several sessions. */
export interface PooledChange {
  readonly session: ChatSession;
  readonly change: SessionChange;
}

/**
 * The active conversations of this window. All views of a conversation share one session; one without views stays while
 * an answer is running.
 */
export class SessionPool implements Disposable {
  readonly #parts: SessionParts;
  readonly #changed = new Emitter<PooledChange>();
  /** How many views each session has. */
  readonly #uses = new Map<ChatSession, number>();

  readonly onDidChange = this.#changed.event;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Starts a new conversation. */
  begin(): ChatSession {
    return this.#take(ChatSession.begin(this.#parts));
  }

  /** An active or saved conversation, if it still exists. */
  open(conversationId: string): ChatSession | undefined {
    this.#tidy();
    const known = [...this.#uses.keys()].find(({ conversation }) => conversation.id === conversationId);
    const session = known ?? ChatSession.resume(this.#parts, conversationId);
    return session && this.#take(session);
  }

  /** Keeps a session active until the result is disposed. */
  hold(session: ChatSession): Disposable {
    this.#take(session);
    return {
      dispose: () => {
        this.release(session);
      },
    };
  }

  /** Says that a view no longer shows a session. */
  release(session: ChatSession): void {
    this.#uses.set(session, Math.max(0, (this.#uses.get(session) ?? 0) - 1));
    this.#tidy();
  }

  dispose(): void {
    for (const session of this.#uses.keys()) {
      session.dispose();
    }
    this.#uses.clear();
    this.#changed.dispose();
  }

  #take(session: ChatSession): ChatSession {
    const uses = this.#uses.get(session);
    if (uses === undefined) {
      session.onDidChange((change) => {
        this.#changed.fire({ session, change });
      });
    }
    this.#uses.set(session, (uses ?? 0) + 1);
    return session;
  }

  #tidy(): void {
    for (const [session, uses] of this.#uses) {
      if (uses === 0 && !session.busy) {
        session.dispose();
        this.#uses.delete(session);
      }
    }
  }
}
