import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { usePanel } from './context.ts';
import { Icon } from './Icon.tsx';

/** What the conversation is about, and how to begin another one. */
export function TitleBar({ title }: { readonly title: string }): JSX.Element {
  const { host } = usePanel();
  return (
    <header class="title-bar">
      <h2 class="title" title={title}>
        {title === '' ? t('New chat') : title}
      </h2>
      <button
        type="button"
        class="quiet"
        aria-label={t('Search chats')}
        title={t('Search chats')}
        onClick={() => {
          host.post({ type: 'searchChats' });
        }}
      >
        <Icon name="history" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={t('New chat')}
        title={t('New chat')}
        onClick={() => {
          host.post({ type: 'newChat' });
        }}
      >
        <Icon name="add" />
      </button>
    </header>
  );
}
