import * as z from 'zod/mini';
import { answerActions, ready, remedy, stop } from './toHost.ts';
import type { ToWebview } from './toWebview.ts';

/** One of the models that are compared, as its column is headed. */
export interface ColumnView {
  /** Its id. */
  readonly model: string;
  readonly name: string;
}

/** Which of the columns, counted from 0. */
const column = z.int().check(z.gte(0), z.lt(4));

/** Everything that the page of a comparison may say to the host, which parses it as it does what the chat says. */
export const compareToHost = z.discriminatedUnion('type', [
  ready,
  ...answerActions,
  /** What the chat would say of its only answer. */
  z.object({
    type: z.literal('inColumn'),
    column,
    message: z.discriminatedUnion('type', [stop, remedy]),
  }),
  /** Goes on in the chat with the question and the answer of this column. */
  z.object({ type: z.literal('keep'), column }),
  /** Shows in what two of the answers differ. */
  z.object({ type: z.literal('showDifferences') }),
]);

/** One message from the page of a comparison. */
export type CompareToHost = z.infer<typeof compareToHost>;

/**
 * Everything the host may say to that page. The messages of its `ChatView` are the question, and then the answer of
 * each column in their order.
 */
export type CompareToWebview =
  | ToWebview
  /** Comes once, before the first snapshot. */
  | { readonly type: 'columns'; readonly columns: readonly ColumnView[] };
