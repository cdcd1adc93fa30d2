/** A text with line breaks and the white space around them replaced by spaces. */
export function toOneLine(text: string): string {
  // From the start of white space only: else each of its characters would be tried as one.
  return text.replaceAll(/(?<!\s)\s*\n\s*/g, ' ');
}
