import type { CleanJson, CleanText } from '../../context/clean.ts';

/** A function that a model may call. */
export interface ChatTool {
  readonly name: CleanText;
  readonly description?: CleanText;
  /** A JSON Schema of the arguments. */
  readonly parameters?: CleanJson;
  readonly strict?: boolean;
}

/** Whether a tool is called: as the model likes, not at all, any one, or the one with this name. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** One call of a tool, as the model made it. */
export interface ToolCall {
  /** Names the call to whoever answers it; some providers leave it out. */
  readonly id?: string;
  readonly name: string;
  /** JSON, as the model wrote it; it may be anything. */
  readonly arguments: string;
}

/** Arguments that grow longer than this are nobody's answer; in characters. */
export const maxArgumentsLength = 1_000_000;
