import { joined, prose, trimmed, verbatim, type CleanItem, type CleanText } from '../context/clean.ts';

/** The start of every chat: short, because every question pays for it. */
export const chatSystem = prose`
  You are a programming assistant inside VS Code. Answer in Markdown. Put code into fences that name the
  language. Be correct first, then brief. When you cannot know something from what you were given, say so.`;

/** The instruction files that a workspace sends to every model, relative to its folders. */
export const instructionFiles = ['AGENTS.md', '.github/copilot-instructions.md'] as const;

/** The path of instructions that are the user's own, and in no file. */
export const userInstructionsPath = '';

/** What a request begins with, and after it the instructions of the user and of the workspace, each under its path. */
export function withInstructions(system: CleanText, instructions: readonly CleanItem[]): CleanText {
  const each = instructions.map(({ path, text }) =>
    path === userInstructionsPath
      ? verbatim`Instructions of the user:\n\n${trimmed(text)}`
      : verbatim`Instructions of this workspace, from ${path}:\n\n${trimmed(text)}`,
  );
  return joined([system, ...each], '\n\n');
}
