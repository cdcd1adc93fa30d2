import { prose, verbatim, type CleanText } from '../context/clean.ts';
import { editRules, editsSchema, type Edits } from './edits.ts';
import { codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

/** Code and what to do with it. */
export interface EditInput extends CodeInput {
  readonly instruction: CleanText;
}

/** Changes code as instructed. */
export const editCode: StructuredPrompt<EditInput, Edits> = {
  name: verbatim`edit`,
  schema: editsSchema,
  system: prose`
    You edit code. Carry the instruction out completely, and nothing beside it. Where it can be read in
    several ways, take the plainest one and say in \`summary\` which. ${editRules}`,
  render: ({ items, instruction }) => codeQuestion(items, under(verbatim`Instruction`, instruction)),
};

/** Improves the structure of code without changing what it does. */
export const refactorCode: StructuredPrompt<CodeInput, Edits> = {
  name: verbatim`refactor`,
  schema: editsSchema,
  system: prose`
    You refactor code. What it does and how it is called stay the same, unless the instruction says otherwise.
    Prefer fewer concepts, plain names and small functions over cleverness, and add no dependencies.
    ${editRules}`,
  render: ({ items, instruction }) =>
    codeQuestion(
      items,
      under(verbatim`Instruction`, instruction) ?? verbatim`Refactor this code where that makes it clearer.`,
    ),
};

/** Writes missing comments. */
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
