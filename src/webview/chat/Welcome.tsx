import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { KeyState } from '../../protocol/chatView.ts';
import { usePage } from '../shared/page.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';

/** An empty conversation: how to start, with or without a key. Empty until the key is known. */
export function Welcome({ keyState }: { readonly keyState: KeyState }): JSX.Element | null {
  switch (keyState) {
    case 'missing':
      return <KeyPrompt />;
    case 'unknown':
      return null;
    case 'set':
    case 'rejected':
      return <Hints />;
    default:
      return keyState satisfies never;
  }
}

function KeyPrompt(): JSX.Element {
  const { post } = usePage().host;
  const [beforeLink, afterLink] = t('Find your keys at {0}.').split('{0}');
  return (
    <section class="welcome" aria-label={t('Welcome')}>
      <Mark />
      <h3>{t('Connect to OpenRouter to get started')}</h3>
      <p>
        {t(
          'Switchboard asks models about your code with your own OpenRouter API key. Signing in ' +
            "creates one. The key is kept in the editor's secret storage and sent only to OpenRouter.",
        )}
      </p>
      <div class="ways">
        <button
          type="button"
          class="primary wide"
          onClick={() => {
            post({ type: 'remedy', alertId: '', kind: 'signIn' });
          }}
        >
          {t('Sign in')}
        </button>
        <button
          type="button"
          class="secondary wide"
          onClick={() => {
            post({ type: 'remedy', alertId: '', kind: 'setApiKey' });
          }}
        >
          <Icon name="key" /> {t('Set API key')}
        </button>
      </div>
      <p class="aside">
        {beforeLink}
        <a href="https://openrouter.ai/settings/keys">openrouter.ai</a>
        {afterLink}
      </p>
    </section>
  );
}

const hints = (): readonly { readonly icon: IconName; readonly words: string }[] => [
  { icon: 'selection', words: t('Select code and run “Ask About Selection” from its context menu.') },
  { icon: 'attach', words: t('Type @ to attach files and more, or / for commands and keyboard shortcuts.') },
  { icon: 'swap', words: t('Switch models at any time and keep the same chat.') },
];

function Hints(): JSX.Element {
  return (
    <section class="welcome" aria-label={t('Welcome')}>
      <Mark />
      <h3>{t('Ask about your code')}</h3>
      <ul class="hints">
        {hints().map(({ icon, words }) => (
          <li key={icon}>
            <Icon name={icon} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The extension's logo: two lines crossing on a switchboard. */
function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 48 48" aria-hidden="true">
      <path d="M14 14C27 16 21 32 34 34" />
      <path d="M14 34C19 33 21 30 23 26.5M25.5 21.5C27 18 29 15 34 14" />
      <circle cx="11" cy="14" r="4" />
      <circle cx="11" cy="34" r="4" />
      <circle cx="37" cy="14" r="4" />
      <circle cx="37" cy="34" r="4" />
    </svg>
  );
}
