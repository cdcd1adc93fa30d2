import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { isOver, type AssistantMessageView } from '../../protocol/chatView.ts';
import { usePart, type PartProps } from './answerPart.ts';
import { Markdown } from './Markdown.tsx';

/** What an answer says, until something else stands behind it. */
export function AnswerWords(props: PartProps): JSX.Element {
  const { answer, at } = props;
  const part = usePart(props, 'text');
  const complete = useComputed(() => isOver(answer.value.state) || isFollowed(answer.value, at));
  const source = useComputed(() => ({ text: part.value?.text ?? '', complete: complete.value }));
  return <Markdown source={source} />;
}

/** Sources and new thoughts do not end a text: a sentence may go on behind them. */
function isFollowed({ parts }: AssistantMessageView, at: number): boolean {
  return parts.slice(at + 1).some(({ type }) => type !== 'sources' && type !== 'reasoning');
}
