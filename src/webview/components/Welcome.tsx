import type { JSX } from 'preact';
import type { KeyState } from '../../protocol/chatView.ts';
import { usePost } from './context.ts';
import { Icon } from './Icon.tsx';

/** What an empty conversation says: how to begin, with a key or without. */
export function Welcome({ keyState }: { readonly keyState: KeyState }): JSX.Element {
  return keyState === 'missing' ? <KeyPrompt /> : <Hints />;
}

function KeyPrompt(): JSX.Element {
  const post = usePost();
  return (
    <section class="welcome" aria-label="Welcome">
      <h1>Switchboard</h1>
      <p>
        To ask a model about your code, set your OpenRouter API key. It stays in the secret storage of your
        editor and is sent to the service only.
      </p>
      <button
        type="button"
        class="primary wide"
        onClick={() => {
          post({ type: 'remedy', alertId: '', kind: 'setApiKey' });
        }}
      >
        <Icon name="key" /> Set API key
      </button>
      <p class="hint">
        You get a key at <a href="https://openrouter.ai/settings/keys">openrouter.ai</a>.
      </p>
    </section>
  );
}

function Hints(): JSX.Element {
  return (
    <section class="welcome" aria-label="Welcome">
      <h1>Switchboard</h1>
      <p>Ask a question below, or</p>
      <ul>
        <li>select code and run “Switchboard: Ask About Selection”,</li>
        <li>attach the selection or the current file to a question,</li>
        <li>switch the model: prices and context lengths are in the list.</li>
      </ul>
    </section>
  );
}
