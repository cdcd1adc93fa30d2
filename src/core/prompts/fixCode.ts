import { editRules, editsSchema, type Edits } from './edits.ts';
import { codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

/** A problem that a tool has reported in the code. */
export interface CodeProblem {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  /** Who reported it, and under which code, for example `ts 2345`. */
  readonly source?: string;
}

/** Code with what is wrong in it, as far as that is known. */
export interface FixInput extends CodeInput {
  readonly problems: readonly CodeProblem[];
}

/** Finds the cause of problems and removes it. */
export const fixCode: StructuredPrompt<FixInput, Edits> = {
  name: 'fix',
  schema: editsSchema,
  system:
    'You fix faults in code. Find what causes the reported problems, and remove the cause rather than its symptoms: ' +
    'never silence a problem by a suppression, a cast or an empty handler. Where no problem is reported, look for ' +
    `faults yourself. Begin \`summary\` with the cause. ${editRules}`,
  render: ({ items, problems, instruction }) =>
    codeQuestion(
      items,
      problems.length > 0 ? ['Problems:', ...problems.map(problemLine)].join('\n') : undefined,
      under('Instruction', instruction) ?? 'Fix this code.',
    ),
};

function problemLine({ path, startLine, endLine, severity, message, source }: CodeProblem): string {
  const lines = startLine === endLine ? String(startLine) : `${String(startLine)}-${String(endLine)}`;
  const reporter = source === undefined ? '' : ` (${source})`;
  return `- ${path}:${lines}: ${severity}${reporter}: ${message.replaceAll(/\s*\n\s*/g, ' ')}`;
}
