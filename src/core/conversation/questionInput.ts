import { trimmed, type CleanItem, type CleanText } from '../context/clean.ts';
import { contextOf, mediaOf, textOf, type UserMessage } from './message.ts';
import type { MediaPart, QuestionPart } from './part.ts';

/** A question to send: its words and attachments. */
export interface QuestionInput {
  readonly text: CleanText;
  readonly context: readonly CleanItem[];
  readonly media?: readonly MediaPart[];
}

/** The message parts of a question. */
export function partsOf({ text, context, media = [] }: QuestionInput): readonly QuestionPart[] {
  return [
    ...context.map((item) => ({ type: 'context' as const, item })),
    ...media,
    { type: 'text', text: trimmed(text) },
  ];
}

/** The same question, to send again. */
export function askedIn(question: UserMessage): QuestionInput {
  return { text: textOf(question), context: contextOf(question), media: mediaOf(question) };
}
