import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem } from '../../core/context/clean.ts';
import { estimateTokens, type ContextItem } from '../../core/context/contextItem.ts';
import { hasOnlyPossible } from '../../core/context/redaction.ts';
import type { QuestionInput } from '../../core/conversation/questionInput.ts';
import type { ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import { mediaSize } from '../../core/conversation/generation/extraCost.ts';
import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { MediaItem } from '../../core/conversation/mediaItem.ts';
import type { RequestEstimate, RequestSize } from '../../core/conversation/generation/requestEstimate.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import type { AttachmentView, EstimateView } from '../../protocol/chatView.ts';
import { userInstructionsId, type Instructions } from '../context/instructions.ts';
import type { Report } from '../words/report.ts';
import { Attachments } from './attachments.ts';
import { toEstimateView } from './estimateView.ts';
import { toAttachmentView } from '../answers/messageView.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';

/** How often the estimate is updated while typing, in milliseconds. */
const estimateEveryMs = 120;

/** The context of the question being written. */
interface NextQuestionParts {
  /** The visible chat. */
  readonly session: () => ChatSession;
  readonly questions: QuestionGuard;
  readonly instructions: Pick<Instructions, 'itemsFor' | 'leaveOut'>;
  /** The tokens and cost of a request with these settings and this size. */
  readonly estimateSize: (settings: RequestSettings, size: RequestSize) => RequestEstimate;
  readonly raise: (report: Report) => void;
  /** Called when its attachments or price change. */
  readonly changed: () => void;
}

/** The question being written: its words, attachments, and estimate. */
export class ComposerState implements vscode.Disposable {
  readonly #parts: NextQuestionParts;
  readonly #attachments = new Attachments();
  /** The composer's text. */
  #draft = '';
  #estimating: ReturnType<typeof setTimeout> | undefined;
  /** Guards everything between the user's work and what is sent. */
  readonly questions: QuestionGuard;

  constructor(parts: NextQuestionParts) {
    this.#parts = parts;
    this.questions = parts.questions;
  }

  /** Records the composer's text. */
  noteDraft(text: string): void {
    this.#draft = text;
    this.#estimating ??= setTimeout(() => {
      this.#estimating = undefined;
      this.#parts.changed();
    }, estimateEveryMs);
  }

  /** What the user has attached. */
  get attached(): { readonly context: readonly CleanItem[]; readonly media: readonly MediaItem[] } {
    const { items: context, media } = this.#attachments;
    return { context, media };
  }

  /** All context: workspace instructions and attachments. */
  get views(): readonly AttachmentView[] {
    const { instructions, session } = this.#parts;
    const items = instructions.itemsFor(session().conversation.id);
    return [
      ...items.map((item) => ({
        ...toAttachmentView(item),
        instructions: item.id === userInstructionsId ? ('user' as const) : ('workspace' as const),
      })),
      ...this.#attachments.views,
    ];
  }

  /** Its estimate; absent if there is nothing to send or a setting is invalid. */
  get estimate(): EstimateView | undefined {
    const { context, media } = this.attached;
    if (this.#draft.trim() === '' && context.length + media.length === 0) {
      return undefined;
    }
    try {
      const tokens = context.reduce((sum, item) => sum + item.tokens, estimateTokens(this.#draft.trim()));
      const { settings, size } = this.#parts.session().prepare.size({
        tokens,
        media: mediaSize(media.map(({ part }) => part)),
      });
      return toEstimateView(this.#parts.estimateSize(settings, size));
    } catch (error) {
      if (error instanceof RequestError) {
        return undefined;
      }
      throw error;
    }
  }

  /** Exactly what would be sent now; without text, for the last question again. Nothing is sent. */
  async request(): Promise<ChatRequest | undefined> {
    const { context, media } = this.attached;
    return this.#parts.session().prepare.preview(await this.questions.clean(this.#draft, context, media));
  }

  /** Attaches a redacted item. */
  async attach(item: ContextItem): Promise<void> {
    if (!this.questions.refuse([...this.#attachments.items, item])) {
      this.#attachments.addItem(await this.questions.cleanItem(item), item);
      this.#parts.changed();
    }
  }

  /** Attaches an image, document, or audio file. */
  attachMedia(item: MediaItem): void {
    if (!this.questions.refuseMedia([item])) {
      this.#attachments.addMedia(item);
      this.#parts.changed();
    }
  }

  /** Includes what was redacted in an attached item; if there is a sure secret in it, only if the user confirms. */
  async includeSecrets(id: string): Promise<void> {
    const original = this.#attachments.originalOf(id);
    const isHarmless = this.#attachments.items.some((item) => item.id === id && hasOnlyPossible(item.text));
    if (original && (isHarmless || (await confirmSecrets(original.label)))) {
      this.#attachments.restore(this.questions.cleanAsIs(original));
      this.#parts.changed();
    }
  }

  detach(id: string): void {
    const { instructions, session } = this.#parts;
    if (!instructions.leaveOut(session().conversation.id, id)) {
      this.#attachments.remove(id);
    }
    this.#parts.changed();
  }

  /** Reattaches what a withdrawn question had. */
  takeBack(asked: QuestionInput): void {
    this.#attachments.takeBack(asked);
    this.#parts.changed();
  }

  /** Removes what was sent with a question. */
  sent(context: readonly ContextItem[], media: readonly MediaItem[]): void {
    this.#attachments.sent(context, media);
  }

  /** Says what couldn't be attached, and why. */
  raise(report: Report): void {
    this.#parts.raise(report);
  }

  dispose(): void {
    clearTimeout(this.#estimating);
  }
}

async function confirmSecrets(label: string): Promise<boolean> {
  const send = t('Include Secrets');
  const choice = await vscode.window.showWarningMessage(
    t('Send the keys, tokens, and passwords in {0} too?', label),
    {
      modal: true,
      detail: t(
        'The model, its provider, and OpenRouter will see them, and they will be stored with this chat ' +
          'on your disk.',
      ),
    },
    send,
  );
  return choice === send;
}
