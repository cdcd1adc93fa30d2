import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { ChatHeader } from '../../protocol/chatView.ts';
import { usePage } from '../shared/page.ts';
import { Icon } from '../shared/Icon.tsx';

/** What the conversation is about and what it cost, and how to begin another one. */
export function TitleBar({ title, spent }: Pick<ChatHeader, 'title' | 'spent'>): JSX.Element {
  const { host } = usePage();
  return (
    <header class="title-bar">
      <div class="headings">
        <h2 class="title" title={title}>
          {title === '' ? t('New chat') : title}
        </h2>
        {spent && <Spent spent={spent} />}
      </div>
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

/** It leads to where every request stands. */
function Spent({ spent }: { readonly spent: NonNullable<ChatHeader['spent']> }): JSX.Element {
  const { host } = usePage();
  const today = t('{0} today', spent.today);
  return (
    <button
      type="button"
      class="quiet spent"
      title={t('Show usage')}
      onClick={() => {
        host.post({ type: 'showUsage' });
      }}
    >
      {spent.chat !== undefined && <span>{t('{0} this chat', spent.chat)}</span>}
      <span>{today}</span>
    </button>
  );
}
