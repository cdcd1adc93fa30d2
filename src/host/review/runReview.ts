import * as vscode from 'vscode';
import { fileNamed } from '../../core/edits/fileNamed.ts';
import type { Finding, Review } from '../../core/prompts/reviewCode.ts';
import type { ChatRoom } from '../chat/chatRoom.ts';
import type { DocumentWatch } from '../edits/documentWatch.ts';
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

/** One review, ready to be asked for. */
export interface ReviewRun<In> extends PromptRun<In, Review> {
  readonly files: readonly ReviewedFile[];
  readonly subject: string;
  readonly leftOut: readonly string[];
  /** Begins anew, with the code as it is then. */
  readonly tryAgain: () => Promise<void>;
}

/** Asks, shows the findings as problems and tells of them; a failure shows in the panel and can be tried again. */
export async function runReview<In>(parts: ReviewParts, run: ReviewRun<In>): Promise<void> {
  try {
    const answer = await parts.runner.run(run);
    if (answer) {
      const { summary, findings } = answer.value;
      const unplaced = await showFindings(await parts.findings(), run.files, findings);
      const { subject, leftOut } = run;
      const placed = findings.length - unplaced.length;
      void tell({ subject, summary, placed, unplaced, leftOut, cost: answer.usage?.cost });
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
