import { prose, verbatim, type CleanItem } from '../context/clean.ts';
import { codeQuestion, type CodeInput } from './givenCode.ts';
import { reviewCode, type Review } from './reviewCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

/** The changed parts of files as they are now, and what has changed in them. */
export interface ChangesInput extends CodeInput {
  readonly diffs: readonly CleanItem[];
}

/** Looks for faults that a change brings. */
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
