import { useComputed, type ReadonlySignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { answerText, hasWords } from '../../protocol/answerParts.ts';
import {
  isOver,
  type AnswerState,
  type AssistantMessageView,
  type MessageView,
} from '../../protocol/chatView.ts';
import { Alert } from './Alert.tsx';
import { AnswerDetails } from './AnswerDetails.tsx';
import { AnswerParts } from './AnswerParts.tsx';
import { usePage } from '../shared/page.ts';
import { CopyButton } from '../shared/CopyButton.tsx';
import { ActionButton, MessageActions } from './MessageActions.tsx';
import { Question } from './Question.tsx';
import { RetryCountdown } from './RetryCountdown.tsx';

/** One message. */
export function Message({ message }: { readonly message: ReadonlySignal<MessageView> }): JSX.Element {
  const view = message.value;
  return view.role === 'user' ? <Question view={view} /> : <Answer message={message} view={view} />;
}

/** Answer endings that the text doesn't show. */
const notes = (): Readonly<Partial<Record<AnswerState, string>>> => ({
  stopped: t('You stopped this answer. The partial answer was kept.'),
  cut: t('The answer reached the length limit.'),
});

/** A growing answer. */
export function Answer({
  message,
  view,
  actions,
}: {
  readonly message: ReadonlySignal<MessageView>;
  readonly view: AssistantMessageView;
  /** Replaces the chat's answer actions. */
  readonly actions?: JSX.Element;
}): JSX.Element {
  const answer = useComputed(() => (message.value.role === 'assistant' ? message.value : view));
  const note = notes()[view.state];
  return (
    <article class="message answer" aria-label={t('Assistant')} data-message={view.id} tabIndex={-1}>
      <AnswerParts answer={answer} />
      {view.retryAt !== undefined && <RetryCountdown retryAt={view.retryAt} />}
      {view.state === 'waiting' && view.retryAt === undefined && (
        <p class="waiting">
          <span class="dots" aria-hidden="true" />
          <span class="spoken">{t('Waiting for the answer')}</span>
        </p>
      )}
      {note !== undefined && (
        <p class="note">
          {note} {view.canContinue === true && <ContinueButton messageId={view.id} />}
        </p>
      )}
      {view.details && (
        <AnswerDetails details={view.details} {...(actions === undefined && { messageId: view.id })} />
      )}
      {view.alert && <Alert alert={view.alert} />}
      {isOver(view.state) && (actions ?? <AnswerActions view={view} />)}
    </article>
  );
}

/** Continues an answer that was cut off. */
function ContinueButton({ messageId }: { readonly messageId: string }): JSX.Element {
  const { post } = usePage().host;
  return (
    <button
      type="button"
      class="secondary"
      onClick={() => {
        post({ type: 'remedy', alertId: messageId, kind: 'continue' });
      }}
    >
      {t('Continue')}
    </button>
  );
}

function AnswerActions({ view }: { readonly view: AssistantMessageView }): JSX.Element {
  const { host, store } = usePage();
  return (
    <MessageActions messageId={view.id} versions={view.versions}>
      {hasWords(view.parts) && <CopyButton label={t('Copy answer')} text={() => answerText(view.parts)} />}
      {store.header.value?.busy === false && (
        <>
          <ActionButton
            icon="refresh"
            label={t('Regenerate')}
            onClick={() => {
              host.post({ type: 'regenerate', messageId: view.id });
            }}
          />
          <ActionButton
            icon="swap"
            label={t('Ask another model')}
            onClick={() => {
              host.post({ type: 'regenerateWith', messageId: view.id });
            }}
          />
          <ActionButton
            icon="fork"
            label={t('Fork chat')}
            onClick={() => {
              host.post({ type: 'fork', messageId: view.id });
            }}
          />
        </>
      )}
    </MessageActions>
  );
}
