/** How the code returns from the browser: to a local server, through the editor's own scheme, or typed by hand. */
export type SignInMethod = 'loopback' | 'uri' | 'code';

/** Where the window and the extension run. */
export interface SignInPlace {
  /** Whether the window is in a browser. */
  readonly web: boolean;
  /** The kind of remote machine, if any. */
  readonly remoteName: string | undefined;
}

/** The best method for an environment: a local server works only with a local browser. */
export function signInMethod({ web, remoteName }: SignInPlace): SignInMethod {
  if (web) {
    return 'code';
  }
  return remoteName === undefined ? 'loopback' : 'uri';
}
