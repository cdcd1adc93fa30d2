import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem } from '../../core/context/clean.ts';
import { estimateTokens, type ContextItem } from '../../core/context/contextItem.ts';
import type { QuestionInput } from '../../core/conversation/questionInput.ts';
import type { ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { MediaItem } from '../../core/conversation/mediaItem.ts';
import type { RequestEstimate, RequestSize } from '../../core/conversation/generation/requestEstimate.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import type { AttachmentView, EstimateView } from '../../protocol/chatView.ts';
import type { Instructions } from '../context/instructions.ts';
import type { Report } from '../words/report.ts';
import { Attachments } from './attachments.ts';
import { toEstimateView } from './estimateView.ts';
import { toAttachmentView } from '../answers/messageView.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';

/** While one types, what the question takes is told this often, in milliseconds. */
const estimateEveryMs = 120;

/** What the question that is being written stands in. */
interface NextQuestionParts {
  /** The chat on the screen. */
  readonly session: () => ChatSession;
  readonly questions: QuestionGuard;
  readonly instructions: Pick<Instructions, 'itemsFor' | 'leaveOut'>;
  /** What a request of these settings and this size takes and costs. */
  readonly estimateSize: (settings: RequestSettings, size: RequestSize) => RequestEstimate;
  readonly raise: (report: Report) => void;
  /** Hears that something else goes with it, or that it takes another price. */
  readonly changed: () => void;
}

/** The question that is being written: its words, what goes with it, and what it takes. */
export class ComposerState implements vscode.Disposable {
  readonly #parts: NextQuestionParts;
  readonly #attachments = new Attachments();
  /** What stands in the composer. */
  #draft = '';
  #estimating: ReturnType<typeof setTimeout> | undefined;
  /** Stands between the user's work and all that is sent. */
  readonly questions: QuestionGuard;

  constructor(parts: NextQuestionParts) {
    this.#parts = parts;
    this.questions = parts.questions;
  }

  /** Notes what stands in the composer. */
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

  /** All that goes with it: the instructions of the workspace, and what is attached. */
  get views(): readonly AttachmentView[] {
    const { instructions, session } = this.#parts;
    const items = instructions.itemsFor(session().conversation.id);
    return [
      ...items.map((item) => ({ ...toAttachmentView(item), instructions: true })),
      ...this.#attachments.views,
    ];
  }

  /** What it takes; nothing while there is nothing to ask, or a setting cannot be used. */
  get estimate(): EstimateView | undefined {
    const { context, media } = this.attached;
    if (this.#draft.trim() === '' && context.length + media.length === 0) {
      return undefined;
    }
    try {
      const tokens = context.reduce((sum, item) => sum + item.tokens, estimateTokens(this.#draft.trim()));
      const { settings, size } = this.#parts.session().prepare.size({ tokens, hasMedia: media.length > 0 });
      return toEstimateView(this.#parts.estimateSize(settings, size));
    } catch (error) {
      if (error instanceof RequestError) {
        return undefined;
      }
      throw error;
    }
  }

  /** What would be sent now, to the letter; where nothing is typed, for the last question again. Nothing is sent. */
  async request(): Promise<ChatRequest | undefined> {
    const { context, media } = this.attached;
    return this.#parts.session().prepare.preview(await this.questions.clean(this.#draft, context, media));
  }

  /** Attaches an item, without its secrets. */
  async attach(item: ContextItem): Promise<void> {
    if (!this.questions.refuse([...this.#attachments.items, item])) {
      this.#attachments.addItem(await this.questions.cleanItem(item), item);
      this.#parts.changed();
    }
  }

  /** Attaches a picture, a document or a sound. */
  attachMedia(item: MediaItem): void {
    if (!this.questions.refuseMedia([item])) {
      this.#attachments.addMedia(item);
      this.#parts.changed();
    }
  }

  /** Lets an attached item go with the secrets that were taken out of it, if the user confirms that. */
  async includeSecrets(id: string): Promise<void> {
    const original = this.#attachments.originalOf(id);
    if (original && (await confirmSecrets(original.label))) {
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

  /** Attaches again what went with a question that was withdrawn. */
  takeBack(asked: QuestionInput): void {
    this.#attachments.takeBack(asked);
    this.#parts.changed();
  }

  /** Takes away what has gone with a question. */
  sent(context: readonly ContextItem[], media: readonly MediaItem[]): void {
    this.#attachments.sent(context, media);
  }

  /** Says what could not be attached, and why. */
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
