import { joined, onOneLine, prose, verbatim, type CleanText } from '../context/clean.ts';
import { editRules, editsSchema, type Edits } from './edits.ts';
import { codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

/** A problem that a tool reported in the code. */
export interface CodeProblem {
  readonly path: CleanText;
  readonly startLine: number;
  readonly endLine: number;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: CleanText;
  /** Its source and code, for example `ts 2345`. */
  readonly source?: CleanText;
}

/** Code and its known problems. */
export interface FixInput extends CodeInput {
  readonly problems: readonly CodeProblem[];
}

/** Finds the cause of problems and removes it. */
export const fixCode: StructuredPrompt<FixInput, Edits> = {
  name: verbatim`fix`,
  schema: editsSchema,
  system: prose`
    You fix faults in code. Find what causes the reported problems, and remove the cause rather than its
    symptoms: never silence a problem by a suppression, a cast or an empty handler. Where no problem is
    reported, look for faults yourself. Begin \`summary\` with the cause. ${editRules}`,
  render: ({ items, problems, instruction }) =>
    codeQuestion(
      items,
      problems.length > 0 ? joined([verbatim`Problems:`, ...problems.map(problemLine)], '\n') : undefined,
      under(verbatim`Instruction`, instruction) ?? verbatim`Fix this code.`,
    ),
};

const severities: Readonly<Record<CodeProblem['severity'], CleanText>> = {
  error: verbatim`error`,
  warning: verbatim`warning`,
  info: verbatim`info`,
  hint: verbatim`hint`,
};

function problemLine({ path, startLine, endLine, severity, message, source }: CodeProblem): CleanText {
  const lines = startLine === endLine ? verbatim`${startLine}` : verbatim`${startLine}-${endLine}`;
  const reporter = source === undefined ? verbatim`` : verbatim` (${source})`;
  return verbatim`- ${path}:${lines}: ${severities[severity]}${reporter}: ${onOneLine(message)}`;
}
