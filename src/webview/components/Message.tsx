import { useComputed, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type {
  AnswerState,
  AssistantMessageView,
  MessageView,
  UserMessageView,
} from '../../protocol/chatView.ts';
import { isOver } from '../answerState.ts';
import { Alert } from './Alert.tsx';
import { AnswerDetails } from './AnswerDetails.tsx';
import { AnswerImages } from './AnswerImages.tsx';
import { AttachmentList } from './AttachmentList.tsx';
import { ContinueButton } from './ContinueButton.tsx';
import { Markdown } from './Markdown.tsx';
import { Reasoning } from './Reasoning.tsx';
import { RetryCountdown } from './RetryCountdown.tsx';
import { Sources } from './Sources.tsx';

/** One message of the transcript. */
export function Message({ message }: { readonly message: ReadonlySignal<MessageView> }): JSX.Element {
  const view = message.value;
  return view.role === 'user' ? <Question view={view} /> : <Answer message={message} view={view} />;
}

function Question({ view }: { readonly view: UserMessageView }): JSX.Element {
  return (
    <article class="message question" aria-label={`You: ${beginningOf(view.text)}`} data-message={view.id}>
      <div>
        <AttachmentList attachments={view.attachments} />
        <p class="question-text">{view.text}</p>
      </div>
    </article>
  );
}

/** Ways in which an answer can end that its text does not show. */
const notes: Readonly<Partial<Record<AnswerState, string>>> = {
  stopped: 'You stopped this answer. What had arrived is kept.',
  cut: 'The answer reached the length limit.',
};

function Answer({
  message,
  view,
}: {
  readonly message: ReadonlySignal<MessageView>;
  readonly view: AssistantMessageView;
}): JSX.Element {
  const answer = useComputed(() => (message.value.role === 'assistant' ? message.value : view));
  const source = useComputed(() => ({ text: answer.value.text, complete: isOver(answer.value.state) }));
  const note = notes[view.state];
  return (
    <article class="message answer" aria-label="Assistant" data-message={view.id}>
      <Reasoning message={answer} />
      <Markdown source={source} />
      {view.retryAt !== undefined && <RetryCountdown retryAt={view.retryAt} />}
      {view.state === 'waiting' && view.retryAt === undefined && (
        <p class="waiting">
          <span class="dots" aria-hidden="true" />
          <span class="spoken">Waiting for the answer</span>
        </p>
      )}
      {view.images && <AnswerImages images={view.images} />}
      {view.sources && <Sources sources={view.sources} />}
      {note !== undefined && (
        <p class="note">
          {note} {view.canContinue === true && <ContinueButton messageId={view.id} />}
        </p>
      )}
      {view.details && <AnswerDetails details={view.details} />}
      {view.alert && <Alert alert={view.alert} />}
    </article>
  );
}

/** Enough of a question to know it by. */
function beginningOf(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
