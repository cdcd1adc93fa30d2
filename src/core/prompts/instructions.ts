import { joined, trimmed, verbatim, type CleanItem, type CleanText } from '../context/clean.ts';

/** The files whose words a workspace wants every model to know, relative to its folders. */
export const instructionFiles = ['AGENTS.md', '.github/copilot-instructions.md'] as const;

/** What every request begins with, and after it the instructions of the workspace, each under its path. */
export function withInstructions(system: CleanText, instructions: readonly CleanItem[]): CleanText {
  const each = instructions.map(
    ({ path, text }) => verbatim`Instructions of this workspace, from ${path}:\n\n${trimmed(text)}`,
  );
  return joined([system, ...each], '\n\n');
}
