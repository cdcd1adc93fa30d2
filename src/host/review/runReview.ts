import * as vscode from 'vscode';
import { fileNamed } from '../../core/edits/fileNamed.ts';
import type { Finding, Review } from '../../core/prompts/reviewCode.ts';
import type { StructuredAnswer } from '../../core/prompts/structuredPrompt.ts';
import type { ChatRoom } from '../chat/chatRoom.ts';
import type { DocumentWatch } from '../edits/documentWatch.ts';
import type { GivenCode } from '../prompts/givenCode.ts';
import type { PromptRun, PromptRunner } from '../prompts/promptRunner.ts';
import type { Findings, ShownFile } from './findings.ts';
import { reviewDetails, reviewWords, type ReviewResult } from './reviewWords.ts';

/** What the commands that review work with. */
export interface ReviewParts {
  readonly room: ChatRoom;
  readonly runner: PromptRunner;
  readonly findings: () => Promise<Findings>;
}

/** A file that is reviewed. Its watch is disposed when the review has ended. */
export interface ReviewedFile extends ShownFile {
  /** As the model is told. */
  readonly path: string;
  readonly watch: DocumentWatch;
}

/** What is reviewed, in words and in files, and what is not. */
export interface Reviewed {
  readonly files: readonly ReviewedFile[];
  readonly subject: string;
  readonly leftOut: readonly string[];
}

/** One review, ready to be asked for. */
export interface ReviewRun<In> extends PromptRun<In, Review>, Reviewed {
  /** Begins anew, with the code as it is then. */
  readonly tryAgain: () => Promise<void>;
}

/** Asks, shows the findings as problems and tells of them; a failure shows in the panel and can be tried again. */
export async function runReview<In>(parts: ReviewParts, run: ReviewRun<In>): Promise<void> {
  try {
    const answer = await parts.runner.run(run);
    if (answer) {
      await showReview(await parts.findings(), run, answer);
    }
  } catch (error) {
    const controller = await parts.room.controller();
    controller.report(error, () => void run.tryAgain());
    await parts.room.reveal();
  } finally {
    run.files.forEach(({ watch }) => {
      watch.dispose();
    });
  }
}

/** The review of code that a command works on. */
export function reviewOf({ document, items, watch }: GivenCode): Reviewed {
  const path = items[0]?.path ?? '';
  const lines = items.map((item) => item.lines ?? { start: 1, end: document.lineCount });
  return {
    files: [{ uri: document.uri, path, lines, watch }],
    subject: path.slice(path.lastIndexOf('/') + 1),
    leftOut: [],
  };
}

/** Shows the findings of an answer as problems, and tells of them. */
export async function showReview(
  shown: Findings,
  { files, subject, leftOut }: Reviewed,
  { value: { summary, findings }, usage }: StructuredAnswer<Review>,
): Promise<void> {
  const unplaced = await showFindings(shown, files, findings);
  const placed = findings.length - unplaced.length;
  void tell({ subject, summary, placed, unplaced, leftOut, cost: usage?.cost });
}

/** Gives the findings without a place: also those in files that were not shown. */
async function showFindings(
  shown: Findings,
  files: readonly ReviewedFile[],
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const paths = files.map(({ path }) => path);
  const pathOf = new Map(findings.map((finding) => [finding, fileNamed(paths, finding.file)]));
  const unplaced = new Set(findings.filter((finding) => pathOf.get(finding) === undefined));
  for (const { uri, path, lines, watch } of files) {
    const own = findings.filter((finding) => pathOf.get(finding) === path);
    for (const finding of await shown.show({ uri, lines, watch }, own)) {
      unplaced.add(finding);
    }
  }
  return findings.filter((finding) => unplaced.has(finding));
}

const showProblems = 'Show Problems';
const showDetails = 'Show Details';

async function tell(result: ReviewResult): Promise<void> {
  const buttons = [
    ...(result.placed > 0 ? [showProblems] : []),
    ...(result.unplaced.length + result.leftOut.length > 0 ? [showDetails] : []),
  ];
  const choice = await vscode.window.showInformationMessage(reviewWords(result), ...buttons);
  if (choice === showProblems) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  } else if (choice === showDetails) {
    const content = reviewDetails(result);
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: 'markdown', content }),
    );
  }
}
