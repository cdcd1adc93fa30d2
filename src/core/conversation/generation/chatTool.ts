import type { CleanJson, CleanText } from '../../context/clean.ts';

/** A function that a model may call. */
export interface ChatTool {
  readonly name: CleanText;
  readonly description?: CleanText;
  /** A JSON Schema of the arguments. */
  readonly parameters?: CleanJson;
  readonly strict?: boolean;
}

/** Whether the model calls a tool: automatically, never, any, or this one. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** Longer arguments than this, in characters, are never a real answer. */
export const maxArgumentsLength = 1_000_000;
