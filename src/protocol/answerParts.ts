/** A web page. */
export interface SourceView {
  readonly url: string;
  readonly title: string;
}

/** Words of an answer, in Markdown. */
export interface TextPartView {
  readonly type: 'text';
  readonly text: string;
}

/** What the model thought. The words are empty where a provider hides them. */
export interface ReasoningPartView {
  readonly type: 'reasoning';
  readonly text: string;
  /** How long the model thought, in milliseconds, once that is known. */
  readonly durationMs?: number;
}

/** A picture that the model made, as a data URL. */
export interface ImagePartView {
  readonly type: 'image';
  readonly url: string;
}

/** Pages of the web that the answer draws on. */
export interface SourcesPartView {
  readonly type: 'sources';
  readonly sources: readonly SourceView[];
}

/** `waiting`: it has no result yet; `notRun`: the answer ended without one. */
export type ToolCallState = 'waiting' | 'done' | 'failed' | 'denied' | 'notRun';

/** One call of a tool, and what came of it. */
export interface ToolCallPartView {
  readonly type: 'toolCall';
  readonly name: string;
  /** JSON, laid out for people where it can be read. */
  readonly arguments: string;
  readonly state: ToolCallState;
  readonly result?: string;
}

/** What an answer consists of; each kind has a component of its own. */
export type AnswerPartView =
  TextPartView | ReasoningPartView | ImagePartView | SourcesPartView | ToolCallPartView;

/** What an answer says; where something stands between two texts, they are two paragraphs. */
export function answerText(parts: readonly AnswerPartView[]): string {
  let text = '';
  for (const part of parts) {
    if (part.type === 'text') {
      text = text === '' ? part.text : `${text}\n\n${part.text}`;
    }
  }
  return text;
}

/** Whether an answer says anything, beside what it thought, drew and called. */
export function hasWords(parts: readonly AnswerPartView[]): boolean {
  return parts.some((part) => part.type === 'text' && part.text !== '');
}

/** The parts after one of them has grown, is new, or is another one; nothing where there is no such place. */
export function withPartChange(
  parts: readonly AnswerPartView[],
  change:
    | { readonly type: 'part'; readonly at: number; readonly part: AnswerPartView }
    | { readonly type: 'append'; readonly at: number; readonly text: string },
): readonly AnswerPartView[] | undefined {
  const { at } = change;
  if (change.type === 'part') {
    return at < parts.length
      ? parts.with(at, change.part)
      : at === parts.length
        ? [...parts, change.part]
        : undefined;
  }
  const part = parts[at];
  return part?.type === 'text' || part?.type === 'reasoning'
    ? parts.with(at, { ...part, text: part.text + change.text })
    : undefined;
}
