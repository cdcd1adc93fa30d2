import * as z from 'zod/mini';
import { usagePeriods, type UsageQuery } from './usageView.ts';

const usageQuery: z.ZodMiniType<UsageQuery> = z.object({
  filter: z.string().check(z.maxLength(200)),
  failedOnly: z.boolean(),
  order: z.literal(['newest', 'mostExpensive']),
  page: z.int().check(z.gte(0)),
});

/** Everything that the page of the usage may say to the host. */
export const usageToHost = z.discriminatedUnion('type', [
  /** The page is drawn, or wants to be drawn anew. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('period'), period: z.literal(usagePeriods) }),
  /** Other requests are to be listed. */
  z.object({ type: z.literal('list'), query: usageQuery }),
  /** Writes the requests that the period and the filter leave to a file. */
  z.object({ type: z.literal('export'), format: z.literal(['csv', 'json']) }),
  /** Shows what OpenRouter itself has noted of the key in use. */
  z.object({ type: z.literal('openLog') }),
]);

/** One message from that page. */
export type UsageToHost = z.infer<typeof usageToHost>;
