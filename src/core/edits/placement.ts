/** A replacement of one range, in offsets. */
export interface Placement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text's line ending; `\n` if it has none. */
export function endOfLine(text: string): '\n' | '\r\n' {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}

/** A text with one range replaced. */
export function applyPlacement(text: string, { start, end, text: by }: Placement): string {
  return text.slice(0, start) + by + text.slice(end);
}
