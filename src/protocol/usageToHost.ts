import * as z from 'zod/mini';
import { usagePeriods, type UsageQuery } from './usageView.ts';

const usageQuery: z.ZodMiniType<UsageQuery> = z.object({
  filter: z.string().check(z.maxLength(200)),
  failedOnly: z.boolean(),
  order: z.literal(['newest', 'mostExpensive']),
  page: z.int().check(z.gte(0)),
});

/** Everything the usage page may send to the host. */
export const usageToHost = z.discriminatedUnion('type', [
  /** The page is drawn, or wants to be drawn anew. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('period'), period: z.literal(usagePeriods) }),
  /** Lists other requests. */
  z.object({ type: z.literal('list'), query: usageQuery }),
  /** Exports the requests that match the period and filter. */
  z.object({ type: z.literal('export'), format: z.literal(['csv', 'json']) }),
  /** Opens OpenRouter's own log for the current key. */
  z.object({ type: z.literal('openLog') }),
]);

/** A message from that page. */
export type UsageToHost = z.infer<typeof usageToHost>;
