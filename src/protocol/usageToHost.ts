import * as z from 'zod/mini';

/** Everything that the page of the usage may say to the host. */
export const usageToHost = z.discriminatedUnion('type', [
  /** The page is drawn, or wants to be drawn anew. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('period'), days: z.literal([7, 30, 90]) }),
  /** Writes the whole ledger to a file. */
  z.object({ type: z.literal('export'), format: z.literal(['csv', 'json']) }),
]);

/** One message from that page. */
export type UsageToHost = z.infer<typeof usageToHost>;
