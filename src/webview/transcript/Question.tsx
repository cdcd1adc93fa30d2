import { useSignal, useSignalEffect } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { UserMessageView } from '../../protocol/chatView.ts';
import { AttachmentList } from './AttachmentList.tsx';
import { usePage } from '../shared/page.ts';
import { ActionButton, MessageActions } from './MessageActions.tsx';

/** A question, which can be edited. */
export function Question({ view }: { readonly view: UserMessageView }): JSX.Element {
  const { host, store } = usePage();
  const article = useRef<HTMLElement>(null);
  const begun = host.state.edit?.messageId === view.id ? host.state.edit.text : undefined;
  const editing = useSignal(begun !== undefined);
  useSignalEffect(() => {
    if (store.reopenedEdit.value?.messageId === view.id && host.state.edit?.messageId === view.id) {
      editing.value = true;
    }
  });
  const leave = (): void => {
    editing.value = false;
    host.keep({ edit: undefined });
    article.current?.focus();
  };
  return (
    <article
      ref={article}
      class="message question"
      aria-label={t('You: {0}', beginningOf(view.text))}
      data-message={view.id}
      tabIndex={-1}
    >
      <div class="question-card">
        <AttachmentList attachments={view.attachments} />
        {editing.value ? (
          <EditBox messageId={view.id} text={begun ?? view.text} onLeave={leave} />
        ) : (
          <p class="question-text">{view.text}</p>
        )}
      </div>
      {!editing.value && (
        <MessageActions messageId={view.id} versions={view.versions}>
          {view.queued === true && (
            <>
              <span class="queued">{t('Queued until the answer above finishes')}</span>
              <ActionButton
                icon="close"
                label={t('Withdraw question')}
                onClick={() => {
                  host.post({ type: 'withdraw', messageId: view.id });
                }}
              />
            </>
          )}
          {store.header.value?.busy === false && (
            <ActionButton
              icon="edit"
              label={t('Edit message')}
              onClick={() => {
                editing.value = true;
              }}
            />
          )}
        </MessageActions>
      )}
    </article>
  );
}

/** The edit box: Enter sends, Escape cancels. */
function EditBox({
  messageId,
  text,
  onLeave,
}: {
  readonly messageId: string;
  readonly text: string;
  readonly onLeave: () => void;
}): JSX.Element {
  const { host } = usePage();
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(text.length, text.length);
  }, []);
  const hintId = useId();
  return (
    <>
      <textarea
        ref={box}
        class="edit-box"
        aria-label={t('Edit message')}
        aria-describedby={hintId}
        defaultValue={text}
        onInput={({ currentTarget }) => {
          host.keep({ edit: { messageId, text: currentTarget.value } });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onLeave();
          } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            if (event.currentTarget.value.trim() !== '') {
              host.post({ type: 'edit', messageId, text: event.currentTarget.value });
              onLeave();
            }
          }
        }}
      />
      <p id={hintId} class="aside">
        {t('Press Enter to resend or Escape to cancel.')}
      </p>
    </>
  );
}

/** Enough of a question to recognize it. */
function beginningOf(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
