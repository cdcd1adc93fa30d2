import { prose, verbatim, type CleanText } from '../context/clean.ts';
import { editRules, editsSchema, type Edits } from './edits.ts';
import { codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

/** Code and what is to be done with it. */
export interface EditInput extends CodeInput {
  readonly instruction: CleanText;
}

/** Changes code as the user says. */
export const editCode: StructuredPrompt<EditInput, Edits> = {
  name: verbatim`edit`,
  schema: editsSchema,
  system: prose`
    You edit code. Carry the instruction out completely, and nothing beside it. Where it can be read in
    several ways, take the plainest one and say in \`summary\` which. ${editRules}`,
  render: ({ items, instruction }) => codeQuestion(items, under(verbatim`Instruction`, instruction)),
};
