import { useComputed, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { AssistantMessageView } from '../../protocol/chatView.ts';
import { seconds } from './AnswerDetails.tsx';
import { Markdown } from './Markdown.tsx';

/** What the model thought, folded; its title says that it thinks, or for how long it did. */
export function Reasoning({
  message,
}: {
  readonly message: ReadonlySignal<AssistantMessageView>;
}): JSX.Element | null {
  const { reasoning, reasoningMs, state, text } = message.value;
  const source = useComputed(() => ({ text: message.value.reasoning, complete: message.value.text !== '' }));
  if (reasoning === '') {
    return null;
  }
  const thinking = state === 'streaming' && text === '';
  const title = thinking
    ? 'Thinking…'
    : reasoningMs === undefined
      ? 'Thought'
      : `Thought for ${seconds(reasoningMs)}`;
  return (
    <details class="reasoning" role="group" aria-label="Reasoning">
      <summary>{title}</summary>
      <Markdown source={source} />
    </details>
  );
}
