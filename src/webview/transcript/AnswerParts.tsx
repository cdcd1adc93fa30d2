import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { memo } from '../shared/memo.ts';
import { AnswerImage } from './AnswerImage.tsx';
import { AnswerWords } from './AnswerWords.tsx';
import type { AnswerSignal, PartProps } from './answerPart.ts';
import { Reasoning } from './Reasoning.tsx';
import { Sources } from './Sources.tsx';
import { ToolCall } from './ToolCall.tsx';

/** The parts of an answer, in order. One that grows is drawn again without the others. */
export const AnswerParts = memo(({ answer }: { readonly answer: AnswerSignal }): JSX.Element => {
  const count = useComputed(() => answer.value.parts.length).value;
  return (
    <>
      {Array.from({ length: count }, (_, at) => (
        <AnswerPart key={at} answer={answer} at={at} />
      ))}
    </>
  );
});

const AnswerPart = memo(({ answer, at }: PartProps): JSX.Element | null => {
  const type = useComputed(() => answer.value.parts[at]?.type).value;
  switch (type) {
    case 'text':
      return <AnswerWords answer={answer} at={at} />;
    case 'reasoning':
      return <Reasoning answer={answer} at={at} />;
    case 'image':
      return <AnswerImage answer={answer} at={at} />;
    case 'sources':
      return <Sources answer={answer} at={at} />;
    case 'toolCall':
      return <ToolCall answer={answer} at={at} />;
    case undefined:
      return null;
    default:
      return type satisfies never;
  }
});
