import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { describe, it } from 'mocha';
import { Emitter } from '../../../src/core/util/emitter.ts';
import { ApiKeyStore } from '../../../src/host/account/apiKeyStore.ts';

/** What all windows of an editor share: the secrets, and the state of the user. */
class FakeEditor {
  readonly secretValues = new Map<string, string>();
  readonly states: FakeState[] = [];
  /** How often a window has read a secret. */
  reads = 0;
  readonly #changed = new Emitter<{ readonly key: string }>();
  readonly #global = this.#state();

  /** A window, of a workspace of its own unless the state of another one is given. */
  window(environment?: string, workspaceState = this.#state()) {
    const secrets = {
      get: (name: string) => {
        this.reads += 1;
        return Promise.resolve(this.secretValues.get(name));
      },
      store: (name: string, value: string) => this.#write(name, value),
      delete: (name: string) => this.#write(name, undefined),
      keys: () => Promise.resolve([...this.secretValues.keys()]),
      onDidChange: this.#changed.event,
    };
    const globalState = Object.assign(this.#global, { setKeysForSync: () => undefined });
    const keys = new ApiKeyStore({ secrets, globalState, workspaceState }, environment);
    const heard = { changes: 0, names: 0 };
    keys.onDidChange(() => heard.changes++);
    keys.onDidChangeNames(() => heard.names++);
    return { keys, heard, workspaceState };
  }

  #state(): FakeState {
    const state = new FakeState();
    this.states.push(state);
    return state;
  }

  #write(name: string, value: string | undefined): Promise<void> {
    const isThere = this.secretValues.has(name);
    if (value === undefined) {
      this.secretValues.delete(name);
    } else {
      this.secretValues.set(name, value);
    }
    if (value !== undefined || isThere) {
      this.#changed.fire({ key: name });
    }
    return Promise.resolve();
  }
}

class FakeState {
  readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(name: string, otherwise?: T): T | undefined {
    // A memento promises the type that its reader names, as this one does.
    return (this.values.get(name) as T | undefined) ?? otherwise;
  }

  update(name: string, value: unknown): Promise<void> {
    if (value === undefined) {
      this.values.delete(name);
    } else {
      this.values.set(name, value);
    }
    return Promise.resolve();
  }
}

/** Everything that was set in motion has come to its end. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the stored keys', () => {
  it('take over the single key of the version before, as "Default"', async () => {
    const editor = new FakeEditor();
    editor.secretValues.set('switchboard.apiKey', 'the old key');
    const { keys } = editor.window();
    assert.equal(await keys.get(), 'the old key');
    assert.deepEqual(keys.summary, { names: ['Default'], inUse: { origin: 'stored', name: 'Default' } });
    await keys.set('Work', 'the new key');
    assert.equal(await keys.get(), 'the new key');
    assert.deepEqual(keys.summary.names, ['Default', 'Work']);
    await keys.use('Default');
    assert.equal(await keys.get(), 'the old key');
    assert.deepEqual([...editor.secretValues.keys()], ['switchboard.keys']);
  });

  it('are read once while one asks again and again, and anew a minute later', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const editor = new FakeEditor();
      const { keys } = editor.window();
      await keys.set('Default', 'value');
      editor.reads = 0;
      await Promise.all([keys.get(), keys.get()]);
      mock.timers.tick(59_000);
      assert.equal(await keys.get(), 'value');
      mock.timers.tick(59_000);
      assert.equal(await keys.get(), 'value');
      assert.equal(editor.reads, 1);
      mock.timers.tick(60_000);
      assert.equal(await keys.get(), 'value');
      assert.equal(editor.reads, 2);
    } finally {
      mock.timers.reset();
    }
  });

  it('are read anew where another window has changed them', async () => {
    const editor = new FakeEditor();
    const [one, two] = [editor.window(), editor.window()];
    await one.keys.set('Default', 'first');
    assert.equal(await two.keys.get(), 'first');
    await one.keys.set('Default', 'second');
    assert.equal(await two.keys.get(), 'second');
    await one.keys.remove('Default');
    assert.equal(await two.keys.get(), undefined);
  });

  it('are named in the states, and only named', async () => {
    const editor = new FakeEditor();
    const { keys } = editor.window();
    await keys.set('Default', 'value-one');
    await keys.set('Work', 'value-two');
    await keys.rename('Work', 'Client');
    const kept = JSON.stringify(editor.states.map(({ values }) => [...values]));
    assert.match(kept, /Client/);
    assert.doesNotMatch(kept, /value-/);
  });

  it('are one a workspace, and the default where none was chosen', async () => {
    const editor = new FakeEditor();
    const [one, two] = [editor.window(), editor.window()];
    await one.keys.set('Default', 'first');
    await one.keys.set('Work', 'second');
    assert.equal(await one.keys.get(), 'second');
    assert.equal(await two.keys.get(), 'first');
    await two.keys.setDefault('Work');
    assert.equal(await two.keys.get(), 'second');
    await one.keys.use('Default');
    assert.equal(await one.keys.get(), 'first');
    assert.equal(await two.keys.get(), 'second');
  });

  it('are remembered by the workspace, for the next window of it', async () => {
    const editor = new FakeEditor();
    const { keys, workspaceState } = editor.window();
    await keys.set('Default', 'first');
    await keys.set('Work', 'second');
    assert.equal(await editor.window(undefined, workspaceState).keys.get(), 'second');
  });

  it('tell every window of a new, a replaced and a removed key, once', async () => {
    const editor = new FakeEditor();
    const [one, two] = [editor.window(), editor.window()];
    await one.keys.set('Default', 'first');
    await settled();
    assert.deepEqual([one.heard.changes, two.heard.changes], [1, 1]);
    await one.keys.set('Default', 'another');
    await settled();
    assert.deepEqual([one.heard.changes, two.heard.changes], [2, 2]);
    assert.equal(await two.keys.get(), 'another');
    await one.keys.remove('Default');
    await settled();
    assert.deepEqual([one.heard.changes, two.heard.changes], [3, 3]);
    assert.equal(await two.keys.get(), undefined);
  });

  it('tell a window nothing of a key that it does not use, but of its name', async () => {
    const editor = new FakeEditor();
    const [one, two] = [editor.window(), editor.window()];
    await one.keys.set('Default', 'first');
    await settled();
    const { changes, names } = two.heard;
    await one.keys.set('Work', 'second');
    await settled();
    assert.deepEqual(two.heard, { changes, names: names + 1 });
  });

  it('go with a workspace under a name that another window gave', async () => {
    const editor = new FakeEditor();
    const [one, two] = [editor.window(), editor.window()];
    await one.keys.set('Default', 'first');
    await one.keys.set('Work', 'second');
    const { changes } = one.heard;
    await two.keys.rename('Work', 'Client');
    await settled();
    assert.equal(one.heard.changes, changes);
    assert.deepEqual(one.keys.summary.inUse, { origin: 'stored', name: 'Client' });
    assert.ok([...one.workspaceState.values.values()].includes('Client'));
  });

  it('leave a workspace without a key when its own is removed, and use no other', async () => {
    const editor = new FakeEditor();
    const [one, two] = [editor.window('from the environment'), editor.window('from the environment')];
    await one.keys.set('Default', 'first');
    await one.keys.set('Work', 'second');
    await two.keys.remove('Work');
    await settled();
    assert.equal(await one.keys.get(), undefined);
    assert.equal(one.keys.summary.inUse, undefined);
    assert.deepEqual(one.keys.summary.names, ['Default']);
    assert.equal(await two.keys.get(), 'first');
  });

  it('change one after the other', async () => {
    const editor = new FakeEditor();
    const { keys } = editor.window();
    await Promise.all([keys.set('Default', 'a'), keys.set('Two', 'b'), keys.set('Three', 'c')]);
    assert.deepEqual(
      (await keys.ring()).keys.map(({ name }) => name),
      ['Default', 'Two', 'Three'],
    );
    assert.equal(await keys.get(), 'c');
  });
});

describe("the environment's key", () => {
  it('is used while none is stored, until the user signs out', async () => {
    const { keys, heard } = new FakeEditor().window(' from the environment ');
    assert.equal(await keys.get(), 'from the environment');
    assert.deepEqual(await keys.inUse(), { origin: 'environment' });
    await keys.set('Default', 'stored');
    assert.equal(await keys.get(), 'stored');
    await keys.remove('Default');
    assert.equal(await keys.get(), undefined);
    assert.equal(heard.changes, 2);
  });

  it('is left when the user says so', async () => {
    const { keys, heard } = new FakeEditor().window('from the environment');
    await keys.leaveEnvironment();
    assert.equal(await keys.get(), undefined);
    assert.equal(heard.changes, 1);
  });

  it('is none when it is empty', async () => {
    assert.equal(await new FakeEditor().window('  ').keys.get(), undefined);
  });
});
