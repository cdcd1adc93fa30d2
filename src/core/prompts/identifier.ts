/**
 * Whether a name can stand in code where another one stands: letters, digits, `_` and `$`, and beside them only signs
 * that the other has too, as names of CSS have a dash and those of Ruby a question mark.
 */
export function isIdentifier(name: string, like = ''): boolean {
  const signs = new Set(like.match(/[-?!@#]/g));
  const rest = name.replace(/[-?!@#]/g, (sign) => (signs.has(sign) ? '' : ' '));
  return /^[\p{L}_$][\p{L}\p{M}\p{N}_$]*$/u.test(rest);
}

/** The names of an answer that can be used in the place of another, each once, in their order. */
export function usableNames<Named extends { readonly name: string }>(
  names: readonly Named[],
  present: string,
): readonly Named[] {
  const seen = new Set([present]);
  return names.filter(({ name }) => {
    const usable = isIdentifier(name, present) && !seen.has(name);
    seen.add(name);
    return usable;
  });
}
