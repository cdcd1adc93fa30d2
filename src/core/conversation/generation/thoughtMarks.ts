const names = ['think', 'thinking', 'thought', 'reasoning', 'seed:think', 'antml:thinking'];
/** How thoughts begin and end, in lower case. */
export const openings = [...names.map((name) => `<${name}>`), '[think]', '◁think▷'];
export const closings = [...names.map((name) => `</${name}>`), '[/think]', '◁/think▷'];

/** How an answer begins whose parts are marked as channels. */
export const channelOpenings = ['<|start|>', '<|channel|>', '<|message|>'];
export const channelMarks = [...channelOpenings, '<|end|>', '<|return|>', '<|call|>', '<|constrain|>'];
/** How the answer begins after thoughts whose own beginning is lost. */
export const finalChannel = ['<|end|><|start|>assistant', '<|start|>assistant', ''].map(
  (before) => `${before}<|channel|>final<|message|>`,
);

/** The first of these marks in a text, whatever its case. */
export function firstOf(
  text: string,
  marks: readonly string[],
): { readonly at: number; readonly mark?: string } {
  const lower = text.toLowerCase();
  const found = marks
    .map((mark) => ({ at: lower.indexOf(mark), mark }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at || other.mark.length - one.mark.length);
  return found[0] ?? { at: -1 };
}

/** The mark that a text begins with. */
export function longestAt(text: string, marks: readonly string[]): string | undefined {
  const lower = text.slice(0, 40).toLowerCase();
  return marks.find((mark) => lower.startsWith(mark));
}

/** Whether a text may be the beginning of a mark. */
export function mayBeAt(text: string, marks: readonly string[]): boolean {
  const lower = text.slice(0, 80).toLowerCase();
  return marks.some((mark) => mark.startsWith(lower));
}

/** How much of a text's end may be the beginning of a mark. */
export function heldBack(text: string, marks: readonly string[]): number {
  const longest = Math.max(...marks.map(({ length }) => length)) - 1;
  for (let at = Math.max(0, text.length - longest); at < text.length; at += 1) {
    if ('<[◁'.includes(text[at] ?? '') && mayBeAt(text.slice(at), marks)) {
      return text.length - at;
    }
  }
  return 0;
}
