/** How much words count; brackets and commas are in every line. */
const wordShare = 0.8;

/** The share of words and signs that two lines have in common. */
export function likeness(one: string, other: string): number {
  const words = commonShare(one, other, /[\p{L}\p{N}_$]+/gu);
  const signs = commonShare(one, other, /[^\s\p{L}\p{N}_$]/gu);
  return words === undefined ? (signs ?? 0) : wordShare * words + (1 - wordShare) * (signs ?? 1);
}

function commonShare(one: string, other: string, pattern: RegExp): number | undefined {
  const [tokens, others] = [one.match(pattern) ?? [], other.match(pattern) ?? []];
  if (tokens.length + others.length === 0) {
    return undefined;
  }
  const left: string[] = [...others];
  const common = tokens.filter((token) => {
    const at = left.indexOf(token);
    return at >= 0 && left.splice(at, 1).length > 0;
  });
  return (2 * common.length) / (tokens.length + others.length);
}
