import type { Edits } from '../../core/prompts/edits.ts';
import type { CodeInput } from '../../core/prompts/givenCode.ts';
import type { StructuredPrompt } from '../../core/prompts/structured/structuredPrompt.ts';
import { runCommand } from '../platform/commands.ts';
import type { PromptCommandId } from '../platform/contributions.ts';
import { gatherCode, type CodeSource, type GivenCode } from '../prompts/givenCode.ts';
import { reportFailure } from '../prompts/promptSurface.ts';
import { showEdits, type EditServices } from './showEdits.ts';

/** A command that changes code. */
export interface EditCommand<In extends CodeInput> {
  readonly id: PromptCommandId;
  readonly title: string;
  /** Says what is being done to this code. */
  readonly doing: (label: string) => string;
  readonly prompt: StructuredPrompt<In, Edits>;
  /** What the prompt is given, the code included; nothing when the user gives up. */
  readonly input: (given: GivenCode) => In | Promise<In | undefined>;
  /** The code to work on, when that is not the selection. */
  readonly source?: CodeSource | undefined;
  /** Runs it once more, with what it was called with. */
  readonly again?: () => Promise<unknown>;
}

/** Gathers the code, asks for its edits and shows them for review. */
export async function editCode<In extends CodeInput>(
  services: EditServices,
  command: EditCommand<In>,
): Promise<void> {
  const given = await gatherCode(services.surface, command.title, command.source);
  if (!given) {
    return;
  }
  try {
    const input = await command.input(given);
    if (input) {
      await ask(services, command, given, input);
    }
  } finally {
    given.watch.dispose();
  }
}

/** After a failure the command can be run again, on the code as it is then. */
async function ask<In extends CodeInput>(
  services: EditServices,
  command: EditCommand<In>,
  given: GivenCode,
  input: In,
): Promise<void> {
  const { surface, runner, review } = services;
  const { id, doing, prompt, title } = command;
  const label = given.items.map((item) => item.label).join(', ');
  const again = (): void => void (command.again?.() ?? runCommand(id));
  // The review code is loaded during the wait; a failure is reported when it is used.
  void review();
  await reportFailure(surface, again, async () => {
    const answer = await runner.run({
      prompt,
      input,
      command: id,
      title: doing(label),
      tokens: given.tokens,
    });
    if (answer) {
      await showEdits(services, given, { ...answer, title, again });
    }
  });
}
