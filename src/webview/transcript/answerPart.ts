import { useComputed, type ReadonlySignal } from '@preact/signals';
import type { AnswerPartView } from '../../protocol/answerParts.ts';
import type { AssistantMessageView } from '../../protocol/chatView.ts';

/** A growing answer. */
export type AnswerSignal = ReadonlySignal<AssistantMessageView>;

/** What a part is drawn from: the answer that it belongs to, and which of its parts it is. */
export interface PartProps {
  readonly answer: AnswerSignal;
  readonly at: number;
}

type PartOf<Type extends AnswerPartView['type']> = Extract<AnswerPartView, { readonly type: Type }>;

/** The part of this kind as it is now; nothing where another kind of part stands in its place. */
export function usePart<Type extends AnswerPartView['type']>(
  { answer, at }: PartProps,
  type: Type,
): ReadonlySignal<PartOf<Type> | undefined> {
  return useComputed(() => {
    const part = answer.value.parts[at];
    return part && isOf(part, type) ? part : undefined;
  });
}

function isOf<Type extends AnswerPartView['type']>(part: AnswerPartView, type: Type): part is PartOf<Type> {
  return part.type === type;
}
