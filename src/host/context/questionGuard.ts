import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import {
  contextTokenLimit,
  estimateTokens,
  refusalOf,
  type ContextItem,
} from '../../core/context/contextItem.ts';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import type { QuestionInput } from '../../core/conversation/questionInput.ts';
import { lackFor, type MediaItem } from '../../core/conversation/mediaItem.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { SerialQueue } from '../../core/util/serialQueue.ts';
import type { ContextGuard } from './contextGuard.ts';
import { refusalWords } from '../words/refusalWords.ts';
import type { Bounds } from '../workspace/gathered.ts';
import { remedies, type Report } from '../words/report.ts';
import { formatNumber } from '../platform/formats.ts';

/** What the guard knows and whom it tells. */
interface GuardParts {
  readonly guard: Pick<ContextGuard, 'warmUp' | 'refusalOf' | 'clean' | 'cleanItem' | 'cleanAsIs'>;
  readonly catalog: Pick<ModelCatalog, 'find' | 'nameOf'>;
  /** The id of the model to ask next. */
  readonly model: () => string;
  readonly raise: (report: Report) => void;
}

/** Stands between the user and each request: refuses what can't be sent, with a reason, and redacts the rest. */
export class QuestionGuard {
  readonly #parts: GuardParts;
  /** Settles when all questions so far are redacted. */
  readonly #cleaning = new SerialQueue();

  constructor(parts: GuardParts) {
    this.#parts = parts;
  }

  /** Loads the secret finder ahead of time. */
  warmUp(): void {
    this.#parts.guard.warmUp();
  }

  /** Why a file must not be sent, if it must not. */
  refusalOfFile(uri: vscode.Uri): Promise<Report | undefined> {
    return this.#parts.guard.refusalOf(uri);
  }

  /** Says why a file must not be sent, if it must not. */
  async refuseFile(uri: vscode.Uri): Promise<boolean> {
    const refusal = await this.refusalOfFile(uri);
    if (refusal) {
      this.#parts.raise(refusal);
    }
    return refusal !== undefined;
  }

  /** The bounds of a source with many items: they must leave room for the question and its answer. */
  bounds(): Bounds {
    return {
      tokens: Math.floor(this.#limit() / 2),
      isExcluded: async (uri, within) => (await this.#parts.guard.refusalOf(uri, within)) !== undefined,
    };
  }

  #limit(): number {
    const { catalog, model } = this.#parts;
    return contextTokenLimit(catalog.find(model())?.contextLength);
  }

  /** Says why these items can't be sent, if so. Nothing is sent before this has passed. */
  refuse(context: readonly ContextItem[]): boolean {
    const { raise } = this.#parts;
    const limit = this.#limit();
    const total = context.reduce((sum, item) => sum + item.tokens, 0);
    for (const item of context) {
      const refusal = refusalOf(item.text, context.length > 1 ? total : item.tokens, limit);
      if (refusal) {
        raise({
          message: refusalWords(item.label, refusal),
          remedies: [remedies.switchModel, remedies.dismiss],
        });
        return true;
      }
    }
    return false;
  }

  /** Says if a question is too long for the model. */
  refuseText(text: string): boolean {
    const [tokens, limit] = [estimateTokens(text), this.#limit()];
    if (tokens > limit) {
      this.#parts.raise({
        message: t(
          'The question has about {0} tokens, but at most {1} fit in a request to this model, so nothing was sent. Shorten it, or switch to a model with a longer context.',
          formatNumber(tokens),
          formatNumber(limit),
        ),
        remedies: [remedies.switchModel, remedies.dismiss],
      });
    }
    return tokens > limit;
  }

  /** Says which media the model doesn't accept. */
  refuseMedia(media: readonly MediaItem[]): boolean {
    const { catalog, model, raise } = this.#parts;
    const id = model();
    const lack = media.map(({ part }) => lackFor(part, catalog.find(id))).find((each) => each !== undefined);
    if (lack !== undefined) {
      const name = catalog.nameOf(id);
      raise({
        message:
          lack === 'images'
            ? t("{0} doesn't accept images, so nothing was sent. Try another model.", name)
            : t("{0} doesn't accept audio, so nothing was sent. Try another model.", name),
        remedies: [remedies.switchModel, remedies.dismiss],
      });
    }
    return lack !== undefined;
  }

  /** A redacted item. */
  cleanItem(item: ContextItem): Promise<CleanItem> {
    return this.#parts.guard.cleanItem(item);
  }

  /** Redacted items. */
  cleanItems(items: readonly ContextItem[]): Promise<readonly CleanItem[]> {
    return Promise.all(items.map((item) => this.cleanItem(item)));
  }

  /** An item with its secrets, as the user decided. */
  cleanAsIs(item: ContextItem): CleanItem {
    return this.#parts.guard.cleanAsIs(item);
  }

  /** A redacted text. */
  cleanText(text: string): Promise<CleanText> {
    return this.#parts.guard.clean(text);
  }

  /** A redacted question. Questions are redacted one at a time, so that they stay in order. */
  clean(text: string, context: readonly ContextItem[], media: readonly MediaItem[]): Promise<QuestionInput> {
    return this.#cleaning.take(async () => ({
      text: await this.cleanText(text.trim()),
      context: await this.cleanItems(context),
      media: media.map(({ part }) => part),
    }));
  }
}
