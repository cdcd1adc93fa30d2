import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX, TargetedEvent } from 'preact';
import { isOver, type AssistantMessageView } from '../../protocol/chatView.ts';
import { seconds } from '../shared/units.ts';
import { usePage } from '../shared/page.ts';
import { Markdown } from './Markdown.tsx';

/** So many unfolded answers are remembered while the panel is hidden. */
const remembered = 50;

/** What the model thought, folded; its title says that it thinks, or for how long it did. */
export function Reasoning({
  message,
}: {
  readonly message: ReadonlySignal<AssistantMessageView>;
}): JSX.Element | null {
  const { host } = usePage();
  const { id, reasoning } = message.value;
  const open = useSignal(host.state.unfolded.includes(id));
  const source = useComputed(() => ({ text: message.value.reasoning, complete: !isThinking(message.value) }));
  if (reasoning === '') {
    return null;
  }
  const onToggle = ({ currentTarget }: TargetedEvent<HTMLDetailsElement>): void => {
    open.value = currentTarget.open;
    const others = host.state.unfolded.filter((each) => each !== id);
    host.keep({ unfolded: open.value ? [...others, id].slice(-remembered) : others });
  };
  return (
    <details class="reasoning" role="group" aria-label={t('Reasoning')} open={open.value} onToggle={onToggle}>
      <summary class={isThinking(message.value) ? 'thinking' : undefined}>{titleOf(message.value)}</summary>
      {open.value && <Markdown source={source} />}
    </details>
  );
}

function isThinking({ state, text }: AssistantMessageView): boolean {
  return !isOver(state) && text === '';
}

function titleOf(message: AssistantMessageView): string {
  if (isThinking(message)) {
    return t('Thinking…');
  }
  return message.reasoningMs === undefined
    ? t('Thought')
    : t('Thought for {0}', seconds(message.reasoningMs));
}
