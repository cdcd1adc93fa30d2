import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { verbatim, type CleanItem, type CleanText } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { fileNamed } from '../../core/edits/editPath.ts';
import { quotedPlace } from '../../core/prompts/quotedPlace.ts';
import type { Finding, Review } from '../../core/prompts/reviewCode.ts';
import type { NotedAnswer } from '../chat/askFlow.ts';
import type { DocumentWatch } from '../workspace/documentWatch.ts';
import type { GivenCode } from '../prompts/givenCode.ts';
import type { PromptAnswer, PromptRun } from '../prompts/promptRunner.ts';
import {
  reportFailure,
  type PromptChat,
  type PromptServices,
  type PromptSurface,
} from '../prompts/promptSurface.ts';
import type { Findings, ShownFile } from './findings.ts';
import { reviewMarkdown, reviewWords, type ReviewResult } from './reviewWords.ts';

/** The chat that a review reports to, and that keeps its summary. */
export interface ReviewChat extends PromptChat {
  note(question: string, answer: NotedAnswer): Promise<void>;
}

/** What review commands need. */
export interface ReviewServices extends PromptServices {
  readonly surface: PromptSurface<ReviewChat>;
  readonly findings: () => Promise<Findings>;
}

/** A reviewed file. Its watch is disposed when the review ends. */
export interface ReviewedFile extends ShownFile {
  /** As shown to the model. */
  readonly path: string;
  readonly watch: DocumentWatch;
}

/** The subject of a review in words and files, and what was skipped. */
export interface Reviewed {
  readonly files: readonly ReviewedFile[];
  readonly subject: string;
  readonly leftOut: readonly string[];
  /** The question and the code shown to the model. */
  readonly question: CleanText;
  readonly shown: readonly CleanItem[];
}

/** One review, ready to run. */
export interface ReviewRun<In> extends PromptRun<In, Review>, Reviewed {
  /** Starts again with the current code. */
  readonly tryAgain: () => Promise<void>;
}

/** Asks, then shows and reports the findings; a failure shows in the panel and can be retried. */
export async function runReview<In>(services: ReviewServices, run: ReviewRun<In>): Promise<void> {
  const again = (): void => void run.tryAgain();
  await reportFailure(services.surface, again, async () => {
    try {
      const answer = await services.runner.run(run);
      if (answer) {
        await showReview(services, run, answer);
      }
    } finally {
      run.files.forEach(({ watch }) => {
        watch.dispose();
      });
    }
  });
}

/** A review of a command's code. */
export function reviewOf({ document, items, watch }: GivenCode): Reviewed {
  const path = items[0]?.path ?? '';
  const lines = items.map((item) => item.lines ?? { start: 1, end: document.lineCount });
  return {
    files: [{ uri: document.uri, path, lines, watch }],
    subject: path.slice(path.lastIndexOf('/') + 1),
    leftOut: [],
    question: verbatim`Review this code.`,
    shown: items,
  };
}

/** Shows an answer's findings as problems and summarizes them in the chat. */
export async function showReview(
  { surface, findings: shown }: Pick<ReviewServices, 'surface' | 'findings'>,
  { files, subject, leftOut, question, shown: context }: Reviewed,
  { value: { summary, findings }, usage, model, origin }: PromptAnswer<Review>,
): Promise<void> {
  const unplaced = await showFindings(await shown(), files, findings);
  const placed = findings.filter((finding) => !unplaced.includes(finding));
  const result = { subject, summary, placed: placed.length, unplaced, leftOut, cost: usage?.cost };
  void tell(result);
  const controller = await surface.controller();
  // It names skipped files, whose paths no model has seen.
  const markdown = await controller.questions.cleanText(
    reviewMarkdown(
      result,
      placed.map((finding) => ({ ...finding, place: placeOf(finding, context) })),
    ),
  );
  await surface.reveal();
  await controller.note(question, { context, markdown, usage, model, origin });
}

function placeOf({ file, quote, startLine }: Finding, shown: readonly ContextItem[]): string {
  const path = fileNamed([...new Set(shown.map((item) => item.path))], file) ?? file;
  const own = shown.filter((item) => item.path === path);
  return quotedPlace(quote, startLine, own) ?? `${path}:${String(startLine)}`;
}

/** Returns findings without a place, including those in files that weren't shown. */
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

async function tell(result: ReviewResult): Promise<void> {
  const showProblems = t('Show Problems');
  const buttons = result.placed > 0 ? [showProblems] : [];
  if ((await vscode.window.showInformationMessage(reviewWords(result), ...buttons)) === showProblems) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}
