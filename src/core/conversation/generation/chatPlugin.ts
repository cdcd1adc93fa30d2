import type { AutoRouter } from '../../model/autoRouter.ts';

/** What the service does to a request or an answer, by its own names. */
export type ChatPlugin =
  /** Reads documents for models that can't. Added automatically when a file is sent. */
  | {
      readonly id: 'file-parser';
      readonly pdf?: { readonly engine: 'cloudflare-ai' | 'mistral-ocr' | 'native' };
    }
  /** Repairs the syntax of JSON; only of answers in one piece. */
  | { readonly id: 'response-healing' }
  /** Removes the middle of a conversation that is too long for the model. */
  | { readonly id: 'context-compression'; readonly enabled?: boolean; readonly engine?: 'middle-out' }
  /** What routers choose from. */
  | ({ readonly id: 'auto-router' | 'auto-beta-router' } & AutoRouter);
