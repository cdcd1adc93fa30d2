import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Edits } from '../../core/prompts/edits.ts';
import type { StructuredAnswer } from '../../core/prompts/structured/structuredPrompt.ts';
import { answerFacts, type AnsweredFor } from '../words/costWords.ts';
import { remedies } from '../words/report.ts';
import type { GivenCode } from '../prompts/givenCode.ts';
import type { WritingServices } from '../prompts/promptSurface.ts';
import { editTargets, Misfit, placedIn, type FileTarget } from './editTargets.ts';
import { FileReview } from './fileReview.ts';
import type { InlineReview } from './inlineReview.ts';
import { previewEdit } from './previewEdit.ts';

/** What commands that change code work with. */
export interface EditServices extends WritingServices {
  readonly review: () => Promise<InlineReview>;
}

/** A command's answer and title. */
interface AnsweredEdits extends StructuredAnswer<Edits>, Pick<AnsweredFor, 'answeredBy'> {
  readonly title: string;
  /** Runs the command again on the current code. */
  readonly again: () => void;
}

/**
 * Shows an answer's edits for review: in the editor if they concern the given document, in VS Code's Refactor Preview
 * if they concern several files. An answer that doesn't match changes nothing and says why.
 */
export async function showEdits(
  parts: Pick<EditServices, 'surface' | 'review' | 'writes'>,
  asked: GivenCode,
  { value, title, again, ...answer }: AnsweredEdits,
): Promise<void> {
  const cost = answerFacts(answer);
  const summary = cost === '' ? value.summary : `${value.summary} (${cost})`;
  if (value.edits.length === 0) {
    void vscode.window.showInformationMessage(summary);
    return;
  }
  const controller = await parts.surface.controller();
  try {
    const given = { ...asked, document: await reopened(asked) };
    const { targets, made } = await editTargets(value.edits, given, parts.writes);
    const [only] = targets;
    if (targets.length === 1 && made.size === 0 && only?.document === given.document) {
      const review = reviewOf(only, given, again);
      await (await parts.review()).propose(review);
      if (review.pending.length > 0) {
        // Both next steps are at the changes; notification buttons would outlive them.
        void vscode.window.showInformationMessage(summary);
      }
    } else {
      const edit = previewEdit({ targets, made }, given, title);
      void vscode.window.showInformationMessage(summary);
      // The user chooses there, file by file and change by change; nothing is written before.
      if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
        // They were discarded, or VS Code couldn't apply them; it doesn't say which.
        void vscode.window.showInformationMessage(t('The changes were not applied.'));
      }
    }
  } catch (error) {
    if (!(error instanceof Misfit)) {
      throw error;
    }
    const report = {
      message:
        cost === ''
          ? t(
              "The answer doesn't match the code, so nothing was changed. Run the command again, or " +
                'switch to another model.',
            )
          : t(
              "The answer doesn't match the code ({0}), so nothing was changed. Run the command again, " +
                'or switch to another model.',
              cost,
            ),
      detail: `${error.message}\n\n${JSON.stringify(value, null, 2)}`,
      remedies: [remedies.tryAgain, remedies.switchModel, remedies.dismiss],
    };
    controller.raise(report, again);
    await parts.surface.reveal();
  }
}

/** The document may have been closed or deleted meanwhile. */
function reopened({ watch, document }: GivenCode): Promise<vscode.TextDocument> {
  return watch.open().catch(() => {
    const path = vscode.workspace.asRelativePath(document.uri);
    throw new Misfit(t('{0}: the workspace has no such file.', path));
  });
}

function reviewOf(target: FileTarget, { watch }: GivenCode, again: () => void): FileReview {
  const { document, text } = target;
  return new FileReview(document, { text, placements: placedIn(target), since: watch.changes, again });
}
