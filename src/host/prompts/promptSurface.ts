import type { QuestionGuard } from '../context/questionGuard.ts';
import type { WriteGuard } from '../context/writeGuard.ts';
import type { Report } from '../words/report.ts';
import type { PromptRunner } from './promptRunner.ts';

/** What a command needs of a chat: it checks what may be sent, and shows what went wrong. */
export interface PromptChat {
  readonly questions: QuestionGuard;
  raise(report: Report, again?: () => void): void;
  report(error: unknown, again?: () => void): void;
}

/** The chat that a command reports to, and how to bring it into view. */
export interface PromptSurface<Chat extends PromptChat = PromptChat> {
  controller(): Promise<Chat>;
  reveal(): Promise<void>;
}

/** What every command that asks for a structured answer works with. */
export interface PromptServices {
  readonly surface: PromptSurface;
  readonly runner: PromptRunner;
}

/** Those of a command that writes files, too. */
export interface WritingServices extends PromptServices {
  readonly writes: WriteGuard;
}

/** Does the work of a command. A failure shows in the panel, where `again` is what "Try again" does. */
export async function reportFailure(
  surface: PromptSurface,
  again: () => void,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const controller = await surface.controller();
    controller.report(error, again);
    await surface.reveal();
  }
}
