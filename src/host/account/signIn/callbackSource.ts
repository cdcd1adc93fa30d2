import type { Callback } from '../../../core/account/signIn.ts';

/** A callback that the sign-in accepted. */
export type TakenCallback = Exclude<Callback, { readonly outcome: 'refused' }>;

/** Something that the browser returns to. */
export interface CallbackSource {
  /** The address for the service to redirect to. */
  readonly url: string;
  /** Resolves with the accepted callback. */
  readonly taken: Promise<TakenCallback>;
  /** Stops listening; may be called again. */
  dispose(): void;
}
