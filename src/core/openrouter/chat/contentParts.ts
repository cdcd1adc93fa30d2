import { arrayIn, objectIn, textIn } from '../../util/json.ts';

/** What a `content` says, as text or as a list of parts, with the thoughts apart. */
export interface Content {
  readonly text: string | undefined;
  readonly reasoning: string | undefined;
}

/** Reads a `content` of any form. */
export function contentIn(content: unknown): Content {
  return Array.isArray(content)
    ? { text: textIn(textOf(content)), reasoning: textIn(thoughtsOf(content)) }
    : { text: textIn(content), reasoning: undefined };
}

/** The text of a list: of bare texts and of parts that carry one, but no thoughts. */
function textOf(content: unknown): string {
  return arrayIn(content)
    .map((part) => (isThought(part) ? '' : (textIn(part) ?? bareText(part))))
    .join('');
}

function thoughtsOf(content: unknown): string {
  return arrayIn(content)
    .filter(isThought)
    .map((part) => {
      const thought = objectIn(part)?.['thinking'] ?? objectIn(part)?.['reasoning'];
      return Array.isArray(thought) ? textOf(thought) : (textIn(thought) ?? bareText(part));
    })
    .join('');
}

function isThought(part: unknown): boolean {
  return /^(thinking|reasoning)/.test(textIn(objectIn(part)?.['type']) ?? '');
}

function bareText(part: unknown): string {
  const text = objectIn(part)?.['text'];
  return textIn(text) ?? textIn(objectIn(text)?.['value']) ?? textIn(objectIn(part)?.['refusal']) ?? '';
}
