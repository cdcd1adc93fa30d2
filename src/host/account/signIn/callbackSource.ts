import type { Callback } from '../../../core/account/signIn.ts';

/** A callback that the sign-in has taken. */
export type TakenCallback = Exclude<Callback, { readonly outcome: 'refused' }>;

/** Something that the browser comes back to. */
export interface CallbackSource {
  /** Where the service has to send the browser. */
  readonly url: string;
  /** Resolves with the one callback that is taken. */
  readonly taken: Promise<TakenCallback>;
  /** Stops listening; harmless when it has stopped already. */
  dispose(): void;
}
