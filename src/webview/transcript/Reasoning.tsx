import { useComputed, useSignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX, TargetedEvent } from 'preact';
import { useMemo } from 'preact/hooks';
import { isOver, type AssistantMessageView } from '../../protocol/chatView.ts';
import { usePart, type PartProps } from './answerPart.ts';
import { seconds } from '../shared/units.ts';
import { usePage } from '../shared/page.ts';
import { Markdown } from './Markdown.tsx';

/** How many expanded answers are remembered while the panel is hidden. */
const remembered = 50;

/** The model's reasoning, collapsed; its title says that it is thinking, or for how long it did. */
export function Reasoning(props: PartProps): JSX.Element | null {
  const { answer, at } = props;
  const { host } = usePage();
  const part = usePart(props, 'reasoning');
  const id = useMemo(() => nameOf(answer.peek(), at), []);
  const open = useSignal(host.state.unfolded.includes(id));
  const thinking = useComputed(() => isThinking(answer.value, at));
  const source = useComputed(() => ({ text: part.value?.text ?? '', complete: !thinking.value }));
  const title = useComputed(() => (thinking.value ? t('Thinking…') : thoughtFor(part.value?.durationMs)));
  const isEmpty = useComputed(() => source.value.text === '');
  if (isEmpty.value) {
    return null;
  }
  const onToggle = ({ currentTarget }: TargetedEvent<HTMLDetailsElement>): void => {
    open.value = currentTarget.open;
    const others = host.state.unfolded.filter((each) => each !== id);
    host.keep({ unfolded: open.value ? [...others, id].slice(-remembered) : others });
  };
  return (
    <details class="reasoning" role="group" aria-label={t('Reasoning')} open={open.value} onToggle={onToggle}>
      <summary class={thinking.value ? 'thinking' : undefined}>{title}</summary>
      {open.value && <Markdown source={source} />}
    </details>
  );
}

/** What is unfolded is remembered by this: the first thoughts of an answer by the answer's own id. */
function nameOf({ id, parts }: AssistantMessageView, at: number): string {
  const first = parts.findIndex(({ type }) => type === 'reasoning');
  return at === first ? id : `${id}/${String(at)}`;
}

/** Whether the model is at these thoughts: nothing else has come since. */
function isThinking({ state, parts }: AssistantMessageView, at: number): boolean {
  return !isOver(state) && at === parts.findLastIndex(({ type }) => type !== 'sources');
}

function thoughtFor(milliseconds: number | undefined): string {
  return milliseconds === undefined ? t('Thought') : t('Thought for {0}', seconds(milliseconds));
}
