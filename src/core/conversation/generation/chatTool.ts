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

/** Arguments that grow longer than this are nobody's answer; in characters. */
export const maxArgumentsLength = 1_000_000;
