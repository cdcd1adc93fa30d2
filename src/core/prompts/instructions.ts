import type { ContextItem } from '../context/contextItem.ts';

/** The files whose words a workspace wants every model to know, relative to its folders. */
export const instructionFiles = ['AGENTS.md', '.github/copilot-instructions.md'] as const;

/** What every request begins with, and after it the instructions of the workspace, each under its path. */
export function withInstructions(system: string, instructions: readonly ContextItem[]): string {
  return [
    system,
    ...instructions.map(
      ({ path, text }) => `Instructions of this workspace, from ${path}:\n\n${text.trim()}`,
    ),
  ].join('\n\n');
}
