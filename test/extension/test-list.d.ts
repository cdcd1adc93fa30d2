/** The list of test files, which the runner writes. */
declare module 'test-list' {
  export const loadTests: readonly (() => Promise<unknown>)[];
}
