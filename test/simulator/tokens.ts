const pieceOf = /\s?\p{L}{1,7}|\s?\p{N}{1,3}|\s?[^\s\p{L}\p{N}]{1,3}|\s+/gu;

/** Cuts a text in pieces of about a token; joined again they are the text. */
export function piecesOf(text: string): readonly string[] {
  return text.match(pieceOf) ?? [];
}

/** Tokens of an answer: what is streamed is what is counted. */
export function countTokens(text: string): number {
  return piecesOf(text).length;
}

/** Tokens of a prompt, estimated by length because a prompt may have megabytes. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
