import { prose, verbatim } from '../context/clean.ts';
import { editRules, editsSchema, type Edits } from './edits.ts';
import { codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

/** Improves the structure of code and keeps what it does. */
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
