import { arrayIn, objectIn, textIn } from '../../util/json.ts';

/** What a `content` says, as text or as a list of parts, with the thoughts apart. */
export interface Content {
  readonly text: string | undefined;
  readonly reasoning: string | undefined;
}

/** Reads a `content` of any form: text, parts of which it consists, a single part, or a value that was to be text. */
export function contentIn(content: unknown): Content {
  if (typeof content === 'string' || content === null || content === undefined) {
    return { text: textIn(content), reasoning: undefined };
  }
  const parts = Array.isArray(content) ? content : [content];
  const [text, reasoning] = [textIn(textOf(parts)), textIn(thoughtsOf(parts))];
  const isValue =
    !Array.isArray(content) && text === undefined && reasoning === undefined && !isPart(content);
  return { text: isValue ? JSON.stringify(content) : text, reasoning };
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

function isPart(value: unknown): boolean {
  return textIn(objectIn(value)?.['type']) !== undefined;
}

function isThought(part: unknown): boolean {
  return /^(thinking|reasoning)/.test(textIn(objectIn(part)?.['type']) ?? '');
}

function bareText(part: unknown): string {
  const text = objectIn(part)?.['text'];
  return textIn(text) ?? textIn(objectIn(text)?.['value']) ?? textIn(objectIn(part)?.['refusal']) ?? '';
}
