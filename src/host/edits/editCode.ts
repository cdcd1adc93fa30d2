import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { documentCode, editCode as editPrompt, refactorCode } from '../../core/prompts/editCode.ts';
import type { Edits } from '../../core/prompts/edits.ts';
import { fixCode, type CodeProblem } from '../../core/prompts/fixCode.ts';
import type { CodeInput } from '../../core/prompts/givenCode.ts';
import type { StructuredPrompt } from '../../core/prompts/structured/structuredPrompt.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import { codeAround } from '../context/sources/symbols.ts';
import { runCommand } from '../platform/commands.ts';
import { promptCommandIds, type PromptCommandId } from '../platform/contributions.ts';
import { showEdits } from './showEdits.ts';
import { gatherCode, type GivenCode } from '../prompts/givenCode.ts';
import type { PromptParts } from '../prompts/promptParts.ts';

/** A place that a command is called for, and the code around it, which it works on in place of the selection. */
interface Target {
  readonly editor: vscode.TextEditor;
  readonly place: vscode.Range;
  readonly lines: vscode.Range;
}

/** A command that changes the selected code. */
interface EditCommand<In extends CodeInput> {
  readonly id: PromptCommandId;
  readonly title: string;
  /** Says what is done with the code of this label. */
  readonly doing: (label: string) => string;
  readonly prompt: StructuredPrompt<In, Edits>;
  /** What the prompt is given besides the code; nothing when the user gives up. */
  readonly input: (given: GivenCode, parts: PromptParts) => Promise<In | undefined>;
  /** Runs it once more, with what it was called with. */
  readonly again?: () => Promise<unknown>;
}

/**
 * Fixes the selected code; the problems that VS Code lists there go along. With a document and a place in it, fixes the
 * problems at that place, and the code around goes along.
 */
export async function fixSelection(
  parts: PromptParts,
  uri?: vscode.Uri,
  place?: vscode.Range,
): Promise<void> {
  const target = await targetAt(uri, place);
  await run(
    parts,
    {
      id: promptCommandIds.fixSelection,
      title: t('Fix Selection'),
      doing: (label) => t('Fixing {0}', label),
      prompt: fixCode,
      input: async ({ items, document, ranges }, { surface }) => {
        const { questions } = await surface.controller();
        const problems = problemsIn(document, target ? [target.place] : ranges);
        return { items, problems: await Promise.all(problems.map((each) => cleaned(each, questions))) };
      },
      again: () => runCommand(promptCommandIds.fixSelection, uri, place),
    },
    target,
  );
}

async function targetAt(uri?: vscode.Uri, place?: vscode.Range): Promise<Target | undefined> {
  if (!uri || !place) {
    return undefined;
  }
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  return editor && { editor, place, lines: (await codeAround(editor.document, place.start)).union(place) };
}

/** Makes the selected code better without changing what it does. */
export function refactorSelection(parts: PromptParts): Promise<void> {
  return run(parts, {
    id: promptCommandIds.refactorSelection,
    title: t('Refactor Selection'),
    doing: (label) => t('Refactoring {0}', label),
    prompt: refactorCode,
    input: ({ items }) => Promise.resolve({ items }),
  });
}

/** Writes the documentation of the selected code. */
export function documentSelection(parts: PromptParts): Promise<void> {
  return run(parts, {
    id: promptCommandIds.documentSelection,
    title: t('Document Selection'),
    doing: (label) => t('Documenting {0}', label),
    prompt: documentCode,
    input: ({ items }) => Promise.resolve({ items }),
  });
}

/** Changes the selected code as the user says. */
export function editSelection(parts: PromptParts): Promise<void> {
  return run(parts, {
    id: promptCommandIds.editSelection,
    title: t('Edit Selection with Instruction'),
    doing: (label) => t('Editing {0}', label),
    prompt: editPrompt,
    input: async ({ items }, { surface }) => {
      const instruction = await vscode.window.showInputBox({
        title: t('Edit Selection with Instruction'),
        prompt: items.map(({ label }) => label).join(', '),
        placeHolder: t('What should change?'),
        ignoreFocusOut: true,
      });
      if (instruction === undefined || instruction.trim() === '') {
        return undefined;
      }
      const { questions } = await surface.controller();
      return { items, instruction: await questions.cleanText(instruction.trim()) };
    },
  });
}

async function run<In extends CodeInput>(
  parts: PromptParts,
  command: EditCommand<In>,
  target?: Target,
): Promise<void> {
  const given = await gatherCode(parts.surface, command.title, target);
  if (!given) {
    return;
  }
  try {
    const input = await command.input(given, parts);
    if (input) {
      await ask(parts, command, given, input);
    }
  } finally {
    given.watch.dispose();
  }
}

/** A failure shows in the panel, and the command can be run again on the same code. */
async function ask<In extends CodeInput>(
  parts: PromptParts,
  command: EditCommand<In>,
  given: GivenCode,
  input: In,
): Promise<void> {
  const label = given.items.map((item) => item.label).join(', ');
  const { id, doing, prompt, title } = command;
  const again = (): void => void (command.again?.() ?? runCommand(id));
  // What shows the answer is loaded while it is waited for; whoever shows it hears of a failure.
  void parts.review();
  try {
    const answer = await parts.runner.run({
      prompt,
      input,
      command: id,
      title: doing(label),
      tokens: given.tokens,
    });
    if (answer) {
      await showEdits(parts, given, { ...answer, title, again });
    }
  } catch (error) {
    const controller = await parts.surface.controller();
    controller.report(error, again);
    await parts.surface.reveal();
  }
}

/** A problem as its tool says it: messages quote the code, with whatever secrets are in it. */
interface FoundProblem extends Pick<CodeProblem, 'startLine' | 'endLine' | 'severity'> {
  readonly path: string;
  readonly message: string;
  readonly source: string;
}

async function cleaned(
  { path, message, source, ...place }: FoundProblem,
  questions: QuestionGuard,
): Promise<CodeProblem> {
  return {
    ...place,
    path: await questions.cleanText(path),
    message: await questions.cleanText(message),
    ...(source !== '' && { source: await questions.cleanText(source) }),
  };
}

const severities = ['error', 'warning', 'info', 'hint'] as const satisfies CodeProblem['severity'][];

function problemsIn(document: vscode.TextDocument, ranges: readonly vscode.Range[]): readonly FoundProblem[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => ranges.some((each) => each.intersection(range) !== undefined))
    .map(({ range, severity, message, source, code }) => {
      const name = typeof code === 'object' ? code.value : code;
      return {
        path: vscode.workspace.asRelativePath(document.uri),
        startLine: range.start.line + 1,
        endLine: range.end.line + 1,
        severity: severities[severity],
        message,
        source: [source, name].filter((each) => each !== undefined).join(' '),
      };
    });
}
