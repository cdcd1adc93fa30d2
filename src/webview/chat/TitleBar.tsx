import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { ChatHeader } from '../../protocol/chatView.ts';
import { usePage } from '../shared/page.ts';
import { Figure } from '../shared/Figure.tsx';
import { Icon } from '../shared/Icon.tsx';

/** The conversation's title and cost, and how to start another. */
export function TitleBar({ title, spent }: Pick<ChatHeader, 'title' | 'spent'>): JSX.Element {
  const { host } = usePage();
  return (
    <header class="title-bar">
      <h2 class="title" title={title}>
        {title === '' ? t('New chat') : title}
      </h2>
      {spent && <Spent spent={spent} />}
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

/** What was spent, as far as there is anything; it leads to where every request stands. */
function Spent({ spent }: { readonly spent: NonNullable<ChatHeader['spent']> }): JSX.Element {
  const { host } = usePage();
  const { chat, today } = spent;
  return (
    <button
      type="button"
      class="quiet spent"
      title={t('Show usage')}
      onClick={() => {
        host.post({ type: 'showUsage' });
      }}
    >
      {chat !== undefined && <Figure words={t('{0} this chat')} value={chat} />}
      {today !== undefined && <span class={chat === undefined ? '' : 'after'}>{t('{0} today', today)}</span>}
      {chat === undefined && today === undefined && t('Usage')}
    </button>
  );
}
