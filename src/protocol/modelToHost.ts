import * as z from 'zod/mini';

/** Everything the model page may send to the host. */
export const modelToHost = z.discriminatedUnion('type', [
  /** The page is rendered, or wants fresh endpoints. */
  z.object({ type: z.literal('ready') }),
  /** Uses this model from now on. */
  z.object({ type: z.literal('use') }),
  z.object({ type: z.literal('star') }),
  /** Opens the model's page on OpenRouter's site. */
  z.object({ type: z.literal('openPage') }),
  z.object({ type: z.literal('configureRouting') }),
  /** Adds or removes a provider in this model's routing. */
  z.object({ type: z.literal('route'), list: z.literal(['order', 'only', 'ignore']), tag: z.string() }),
  /** Opens a provider's privacy policy. */
  z.object({ type: z.literal('policy'), tag: z.string() }),
]);

/** A message from that page. */
export type ModelToHost = z.infer<typeof modelToHost>;
