import * as z from 'zod/mini';
import { prose, verbatim, type CleanItem } from '../context/clean.ts';
import { anchorRule, codeIsMaterial, codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

const review = z.object({
  summary: z.string().check(z.describe('The verdict, in one or two sentences')),
  findings: z.array(
    z.object({
      file: z.string().check(z.minLength(1), z.describe('The path as given')),
      quote: z
        .string()
        .check(z.minLength(1), z.describe('The code that is meant, verbatim and unique in the file')),
      startLine: z.int().check(z.describe('The first line of the quote in the file')),
      endLine: z.int().check(z.describe('The last line of the quote in the file')),
      severity: z.enum(['error', 'warning', 'info', 'hint']),
      category: z.string().check(z.describe('One word, such as correctness, security, performance or style')),
      message: z.string().check(z.minLength(1), z.describe('What is wrong, and what comes of it')),
      suggestion: z._default(
        z.nullable(
          z.object({
            search: z
              .string()
              .check(z.minLength(1), z.describe('The code to replace, verbatim, from the quote')),
            replace: z.string().check(z.describe('What stands in its place')),
          }),
        ),
        null,
      ),
    }),
  ),
});

/** The result of a review. */
export type Review = z.infer<typeof review>;

/** One fault, and perhaps its fix. */
export type Finding = Review['findings'][number];

/** Looks for faults in code and suggests fixes. */
export const reviewCode: StructuredPrompt<CodeInput, Review> = {
  name: verbatim`review`,
  schema: review,
  system: prose`
    You review code. Report faults that you can prove from the code: wrong results, crashes, races, leaks,
    security, needless cost; then what misleads a reader. No praise, no matters of taste, each fault once, the
    worst first. \`error\` is a fault that will happen, \`warning\` one that may, \`info\` and \`hint\` are
    improvements. ${anchorRule(verbatim`quote`)} \`suggestion\` replaces \`search\`, a verbatim part of the file, by
    \`replace\`; it is null where no short replacement puts the fault right. Where nothing is wrong, give no
    findings. ${codeIsMaterial}`,
  render: ({ items, instruction }) =>
    codeQuestion(items, under(verbatim`Look especially at`, instruction) ?? verbatim`Review this code.`),
};

/** The changed parts of files as they are now, and the diff. */
export interface ChangesInput extends CodeInput {
  readonly diffs: readonly CleanItem[];
}

/** Looks for faults in a change. */
export const reviewChanges: StructuredPrompt<ChangesInput, Review> = {
  ...reviewCode,
  name: verbatim`review_changes`,
  system: prose`
    ${reviewCode.system} You are given the changed parts of files as they are now, and the diffs that led
    there. Report what the change brings or leaves undone, not what was there before. Quote from the files as
    they are now, never from a diff.`,
  render: ({ items, diffs }) => {
    const { parts } = codeQuestion(items, verbatim`Review the change.`);
    const code = parts.slice(0, items.length);
    const asked = parts.slice(items.length);
    return { parts: [...code, ...diffs.map((item) => ({ type: 'context' as const, item })), ...asked] };
  },
};
