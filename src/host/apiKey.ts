import * as vscode from 'vscode';

const secretName = 'switchboard.apiKey';
const signedOutName = 'switchboard.signedOut';

/** Where a key comes from; decides what the credit item says about it. */
export type KeyOrigin = 'stored' | 'environment';

/**
 * Keeps the API key in SecretStorage, for all windows. Where none is stored, `OPENROUTER_API_KEY` of the
 * editor's environment is used, until the user signs out.
 */
export class ApiKeyStore implements vscode.Disposable {
  readonly #context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>;
  readonly #environment: string | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  /** Fires when the key was set or removed, here or in another window. */
  readonly onDidChange = this.#changed.event;

  constructor(
    context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>,
    environment: string | undefined,
  ) {
    this.#context = context;
    this.#environment = environment?.trim();
    this.#subscription = context.secrets.onDidChange((event) => {
      if (event.key === secretName) {
        this.#changed.fire();
      }
    });
  }

  /** The key for one request. */
  async get(): Promise<string | undefined> {
    return (await this.#context.secrets.get(secretName)) ?? this.#fromEnvironment();
  }

  /** Where the key in use comes from, if there is one. */
  async origin(): Promise<KeyOrigin | undefined> {
    if ((await this.#context.secrets.get(secretName)) !== undefined) {
      return 'stored';
    }
    return this.#fromEnvironment() === undefined ? undefined : 'environment';
  }

  async set(key: string): Promise<void> {
    await this.#context.globalState.update(signedOutName, undefined);
    await this.#context.secrets.store(secretName, key);
  }

  /** Removes the stored key, and stops using the environment's. */
  async remove(): Promise<void> {
    await this.#context.globalState.update(signedOutName, true);
    await this.#context.secrets.delete(secretName);
    // Deleting what is not stored fires no event, but the environment's key has just gone out of use.
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #fromEnvironment(): string | undefined {
    const signedOut = this.#context.globalState.get<boolean>(signedOutName) === true;
    return signedOut || this.#environment === '' ? undefined : this.#environment;
  }
}
