/** The share of words and signs that two lines have in common. */
export function likeness(one: string, other: string): number {
  const [words, others] = [one, other].map((line) => line.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? []);
  if (!words || !others || words.length + others.length === 0) {
    return 0;
  }
  const left = [...others];
  const common = words.filter((word) => {
    const at = left.indexOf(word);
    return at >= 0 && left.splice(at, 1).length > 0;
  });
  return (2 * common.length) / (words.length + others.length);
}
