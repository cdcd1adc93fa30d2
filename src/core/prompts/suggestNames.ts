import * as z from 'zod/mini';
import { prose, verbatim, type CleanText } from '../context/clean.ts';
import { codeIsMaterial, codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

const names = z.object({
  names: z
    .array(
      z.object({
        name: z.string().check(z.minLength(1), z.describe('An identifier, ready to use')),
        reason: z.string().check(z.describe('What it says that the present name does not')),
      }),
    )
    .check(z.minLength(1)),
});

/** Names for one thing, best first. */
export type Names = z.infer<typeof names>;

/** Code and the name to replace in it. */
export interface NamesInput extends CodeInput {
  readonly symbol: CleanText;
}

/** Suggests better names for a symbol. */
export const suggestNames: StructuredPrompt<NamesInput, Names> = {
  name: verbatim`names`,
  schema: names,
  system: prose`
    You name things in code. Suggest three to five names for the symbol that is asked about, the best first:
    identifiers that are legal in the language, in the style of the code, not taken in it, and that say what
    the thing is for. ${codeIsMaterial}`,
  render: ({ items, symbol, instruction }) =>
    codeQuestion(items, under(verbatim`Instruction`, instruction), under(verbatim`Name`, symbol)),
};

/**
 * Whether a name can replace another in code: letters, digits, `_`, and `$`, plus only signs that the other also has,
 * such as dashes in CSS or question marks in Ruby.
 */
export function isIdentifier(name: string, like = ''): boolean {
  const signs = new Set(like.match(/[-?!@#]/g));
  const rest = name.replace(/[-?!@#]/g, (sign) => (signs.has(sign) ? '' : ' '));
  return /^[\p{L}_$][\p{L}\p{M}\p{N}_$]*$/u.test(rest);
}

/** The names in an answer that can replace another, each once, in order. */
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
