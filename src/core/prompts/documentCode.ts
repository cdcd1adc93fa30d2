import { prose, verbatim } from '../context/clean.ts';
import { editRules, editsSchema, type Edits } from './edits.ts';
import { codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

/** Writes the comments that code lacks. */
export const documentCode: StructuredPrompt<CodeInput, Edits> = {
  name: verbatim`document`,
  schema: editsSchema,
  system: prose`
    You document code. Write or correct documentation comments, in the form that the language and the file
    use. Say what a caller has to know and what the code cannot say: purpose, units, limits, failures. Never
    repeat names or types in words, and never change anything but comments; the comments are the change.
    ${editRules}`,
  render: ({ items, instruction }) =>
    codeQuestion(items, under(verbatim`Instruction`, instruction) ?? verbatim`Document this code.`),
};
