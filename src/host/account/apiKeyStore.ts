import type * as vscode from 'vscode';
import { SerialQueue } from '../../core/util/serialQueue.ts';
import {
  activeKey,
  emptyKeyRing,
  firstKeyName,
  formatKeyRing,
  parseKeyRing,
  renamed,
  withDefault,
  withKey,
  withoutKey,
  type KeyRing,
  type NamedKey,
} from '../../core/account/keyRing.ts';
import { Emitter } from '../../core/util/emitter.ts';

const ringSecret = 'switchboard.keys';
/** Held the only key, before keys had names. */
const singleSecret = 'switchboard.apiKey';
const choiceState = 'switchboard.activeKey';
const signedOutState = 'switchboard.signedOut';

/** Keys stay in memory this long after a request has used them, in milliseconds. */
const heldForMs = 60_000;

/** The key that this window's requests use: one of ours, or the environment's. */
export type KeyInUse =
  { readonly origin: 'stored'; readonly name: string } | { readonly origin: 'environment' };

/** What may be said about the keys without reading them: never their values. */
export interface KeySummary {
  readonly names: readonly string[];
  readonly inUse: KeyInUse | undefined;
}

/** What the keys need from the editor. */
type KeyContext = Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'workspaceState'>;

/**
 * Stores the API keys in SecretStorage for all windows; each workspace remembers its key by name. If none is stored,
 * `OPENROUTER_API_KEY` from the editor's environment is used, until the user signs out.
 */
export class ApiKeyStore implements vscode.Disposable {
  readonly #context: KeyContext;
  readonly #environment: string | undefined;
  readonly #changed = new Emitter<void>();
  readonly #namesChanged = new Emitter<void>();
  readonly #subscription: vscode.Disposable;
  #summary: KeySummary = { names: [], inUse: undefined };
  /** What the last events reported. */
  #told = { key: 'nothing yet', names: 'nothing yet' };
  readonly #writing = new SerialQueue();
  /** The keys as they were last read for a request, until they are forgotten. */
  #held: { readonly ring: Promise<KeyRing>; readonly forgetting: ReturnType<typeof setTimeout> } | undefined;

  /** Fires when the current key changes, here or in another window. */
  readonly onDidChange = this.#changed.event;
  /** Fires when a name, their number, or the current key changes. */
  readonly onDidChangeNames = this.#namesChanged.event;

  constructor(context: KeyContext, environment: string | undefined) {
    this.#context = context;
    this.#environment = environment?.trim();
    this.#subscription = context.secrets.onDidChange((event) => {
      this.#forget();
      if (event.key === ringSecret) {
        void this.#follow();
      }
    });
  }

  /**
   * The key for one request. SecretStorage answers only when the editor's window has drawn what was just asked, so a key
   * that was read a moment ago is used again, unless one was changed in any window. Asked for ahead, it is there in time.
   */
  async get(): Promise<string | undefined> {
    const ring = await this.#hold();
    this.#summarize(ring);
    return this.#activeIn(ring)?.key ?? this.#fromEnvironment(ring);
  }

  /** The names as last read. */
  get summary(): KeySummary {
    return this.#summary;
  }

  /** All keys; readers keep them only for the work at hand. */
  async ring(): Promise<KeyRing> {
    const { secrets } = this.#context;
    const stored = await secrets.get(ringSecret);
    if (stored !== undefined) {
      return parseKeyRing(stored);
    }
    const single = await secrets.get(singleSecret);
    return single === undefined
      ? emptyKeyRing
      : withKey(emptyKeyRing, { id: singleSecret, name: firstKeyName, key: single });
  }

  /** This workspace's key, if it is one of ours. */
  async active(): Promise<NamedKey | undefined> {
    return this.#activeIn(await this.ring());
  }

  /** The current key, read again. */
  async inUse(): Promise<KeyInUse | undefined> {
    return this.#summarize(await this.ring()).inUse;
  }

  /** Stores a key under a name, replacing any with that name, and uses it here. */
  set(name: string, key: string): Promise<void> {
    return this.#change(async (ring) => {
      const next = withKey(ring, { name, key, id: crypto.randomUUID() });
      if (ring.keys.length === 0) {
        // This workspace's choice is long gone.
        await this.#choose(undefined);
      } else if (this.#activeIn(ring)?.name !== name) {
        await this.#choose(name);
      }
      await this.#context.globalState.update(signedOutState, undefined);
      return next;
    });
  }

  /** Uses a key in this workspace. */
  use(name: string): Promise<void> {
    return this.#change(async (ring) => {
      await this.#choose(name);
      return ring;
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.#change((ring) => Promise.resolve(renamed(ring, from, to)));
  }

  /** Makes a key the default. */
  setDefault(name: string): Promise<void> {
    return this.#change((ring) => Promise.resolve(withDefault(ring, name)));
  }

  /** Removes a key. If it was in use, none is; removing the last one also disables the environment's. */
  remove(name: string): Promise<void> {
    return this.#change(async (ring) => {
      const next = withoutKey(ring, name);
      if (next.keys.length > 0) {
        return next;
      }
      await this.#choose(undefined);
      await this.#context.globalState.update(signedOutState, true);
      return emptyKeyRing;
    });
  }

  /** Stops using the environment's key. */
  async leaveEnvironment(): Promise<void> {
    await this.#context.globalState.update(signedOutState, true);
    await this.#follow();
  }

  dispose(): void {
    this.#forget();
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#namesChanged.dispose();
  }

  #hold(): Promise<KeyRing> {
    const ring = this.#held?.ring ?? this.ring();
    clearTimeout(this.#held?.forgetting);
    const forgetting = setTimeout(() => {
      this.#forget();
    }, heldForMs);
    this.#held = { ring, forgetting };
    ring.catch(() => {
      this.#forget();
    });
    return ring;
  }

  #forget(): void {
    clearTimeout(this.#held?.forgetting);
    this.#held = undefined;
  }

  /** Changes run one at a time, each on the previous result. */
  #change(edit: (ring: KeyRing) => Promise<KeyRing>): Promise<void> {
    return this.#writing.take(async () => {
      const ring = await this.ring();
      const next = await edit(ring);
      if (next !== ring) {
        await this.#context.secrets.store(ringSecret, formatKeyRing(next));
        await this.#context.secrets.delete(singleSecret);
        this.#forget();
      }
      await this.#follow();
    });
  }

  async #choose(name: string | undefined): Promise<void> {
    await this.#context.workspaceState.update(choiceState, name);
  }

  /** Reports what changed since the last report. */
  async #follow(): Promise<void> {
    const ring = await this.ring();
    const active = this.#activeIn(ring);
    const choice = this.#context.workspaceState.get<string>(choiceState);
    if (active && choice !== undefined && choice !== active.name) {
      // The key was renamed, perhaps in another window.
      await this.#choose(active.name);
    }
    const summary = this.#summarize(ring);
    const before = this.#told;
    this.#told = { key: active?.id ?? summary.inUse?.origin ?? 'none', names: JSON.stringify(summary) };
    if (this.#told.key !== before.key) {
      this.#changed.fire();
    }
    if (this.#told.names !== before.names) {
      this.#namesChanged.fire();
    }
  }

  #summarize(ring: KeyRing): KeySummary {
    const active = this.#activeIn(ring);
    this.#summary = {
      names: ring.keys.map(({ name }) => name),
      inUse: active
        ? { origin: 'stored', name: active.name }
        : this.#fromEnvironment(ring) === undefined
          ? undefined
          : { origin: 'environment' },
    };
    return this.#summary;
  }

  #activeIn(ring: KeyRing): NamedKey | undefined {
    return activeKey(ring, this.#context.workspaceState.get<string>(choiceState));
  }

  #fromEnvironment(ring: KeyRing): string | undefined {
    const signedOut = this.#context.globalState.get<boolean>(signedOutState) === true;
    return ring.keys.length > 0 || signedOut || this.#environment === '' ? undefined : this.#environment;
  }
}
