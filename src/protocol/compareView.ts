import * as z from 'zod/mini';
import { answerActions, ready, remedy, stop } from './toHost.ts';
import type { ToWebview } from './toWebview.ts';

/** A compared model, as its column heading. */
export interface ColumnView {
  /** Its id. */
  readonly model: string;
  readonly name: string;
}

/** The column, from 0. */
const column = z.int().check(z.gte(0), z.lt(4));

/** Everything the comparison page may send to the host, which parses it like the chat's messages. */
export const compareToHost = z.discriminatedUnion('type', [
  ready,
  ...answerActions,
  /** What the chat would say about its only answer. */
  z.object({
    type: z.literal('inColumn'),
    column,
    message: z.discriminatedUnion('type', [stop, remedy]),
  }),
  /** Continues the chat with this column's answer. */
  z.object({ type: z.literal('keep'), column }),
  /** Compares two answers. */
  z.object({ type: z.literal('showDifferences') }),
]);

/** A message from the comparison page. */
export type CompareToHost = z.infer<typeof compareToHost>;

/** Everything the host may send to that page. Its `ChatView` messages are the question, then each column's answer. */
export type CompareToWebview =
  | ToWebview
  /** Sent once, before the first snapshot. */
  | { readonly type: 'columns'; readonly columns: readonly ColumnView[] };
