/**
 * How the code comes back from the browser: to a server on this machine, through the editor's own scheme, or typed
 * by hand.
 */
export type SignInMethod = 'loopback' | 'uri' | 'code';

/** Where the window and the extension run. */
export interface SignInPlace {
  /** Whether the window is one in a browser. */
  readonly web: boolean;
  /** The kind of the remote machine, where the extension runs on one. */
  readonly remoteName: string | undefined;
}

/** The best way that works at a place: a server on this machine serves only a browser on this machine. */
export function signInMethod({ web, remoteName }: SignInPlace): SignInMethod {
  if (web) {
    return 'code';
  }
  return remoteName === undefined ? 'loopback' : 'uri';
}
