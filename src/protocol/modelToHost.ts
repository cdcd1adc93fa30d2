import * as z from 'zod/mini';

/** Everything that the page of a model may say to the host. */
export const modelToHost = z.discriminatedUnion('type', [
  /** The page is drawn, or wants to know the endpoints anew. */
  z.object({ type: z.literal('ready') }),
  /** Asks this model from now on. */
  z.object({ type: z.literal('use') }),
  z.object({ type: z.literal('star') }),
  /** Opens the page of the model on OpenRouter's site. */
  z.object({ type: z.literal('openPage') }),
  z.object({ type: z.literal('configureRouting') }),
  /** Puts a provider into a list of the routing of this model, or takes it out. */
  z.object({ type: z.literal('route'), list: z.literal(['order', 'only', 'ignore']), tag: z.string() }),
  /** Opens the privacy policy of a provider. */
  z.object({ type: z.literal('policy'), tag: z.string() }),
]);

/** One message from that page. */
export type ModelToHost = z.infer<typeof modelToHost>;
