import type { CleanText } from '../../core/context/clean.ts';
import type { ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { Failure } from '../../core/conversation/message.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import { withoutExcluding, type Routing } from '../../core/model/routing.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';

/** What asking again works with. */
interface AgainParts {
  /** The chat on the screen. */
  readonly session: () => ChatSession;
  readonly questions: Pick<QuestionGuard, 'refuseText' | 'cleanText'>;
  readonly routing: () => Routing;
  /** Whether a request may be sent for what it may cost. */
  readonly confirmed: (makeRequest: () => ChatRequest | undefined) => Promise<boolean>;
  /** Hears that an answer is on its way, and that it has ended. */
  readonly changed: () => void;
}

/** Asks once more what has been asked before: as it was, of another model, in other words, or from where it broke off. */
export class RetryActions {
  readonly #parts: AgainParts;

  constructor(parts: AgainParts) {
    this.#parts = parts;
  }

  /** Asks the question of a failed or stopped answer again; `changes` hold for this request only. */
  async ask(answerId: string, changes: Partial<RequestSettings> = {}): Promise<void> {
    const session = this.#session;
    if (await this.#parts.confirmed(() => requestAgain(session, answerId, changes))) {
      await this.#working(session.retry(answerId, changes));
    }
  }

  /** The same of another model. */
  async askModel(answerId: string, model: string): Promise<void> {
    await this.ask(answerId, { model, fallbackModels: [] });
  }

  /** The same for an answer that the credit is enough for. */
  async askShorter(answerId: string): Promise<void> {
    const maxTokens = this.#failureOf(answerId)?.affordableTokens;
    await this.ask(answerId, maxTokens === undefined ? {} : { maxTokens });
  }

  /** The same without what of the routing left no provider for it. */
  async askRelaxed(answerId: string): Promise<void> {
    const excludedBy = this.#failureOf(answerId)?.excludedBy ?? [];
    await this.ask(answerId, { routing: withoutExcluding(this.#parts.routing(), excludedBy) });
  }

  /** Lets the model go on with an answer that broke off. */
  async continue(answerId: string): Promise<void> {
    const session = this.#session;
    if (await this.#parts.confirmed(() => session.requestUpTo(answerId))) {
      await this.#working(session.continue(answerId));
    }
  }

  /** Asks for another answer in the place of one; of another model, where one is named. */
  async regenerate(answerId: string, model?: string): Promise<void> {
    const changes = model === undefined ? {} : { model, fallbackModels: [] };
    const session = this.#session;
    if (await this.#parts.confirmed(() => requestAgain(session, answerId, changes))) {
      await this.#working(session.regenerate(answerId, changes));
    }
  }

  /** Puts a question in other words, in its place, without its secrets; `refused` hears that it is not asked. */
  async edit(questionId: string, text: string, refused: () => void): Promise<void> {
    const session = this.#session;
    const cleaned = await this.#confirmedEdit(session, questionId, text).catch((error: unknown) => {
      refused();
      throw error;
    });
    if (cleaned === undefined) {
      refused();
    } else {
      await this.#working(session.edit(questionId, cleaned));
    }
  }

  async #confirmedEdit(
    session: ChatSession,
    questionId: string,
    text: string,
  ): Promise<CleanText | undefined> {
    const { questions, confirmed } = this.#parts;
    if (text.trim() === '' || questions.refuseText(text)) {
      return undefined;
    }
    const cleaned = await questions.cleanText(text.trim());
    const mayAsk = await confirmed(() => session.requestEditing(questionId, cleaned));
    return mayAsk ? cleaned : undefined;
  }

  /** The chat in which it is asked, whatever is shown by the time that it may be. */
  get #session(): ChatSession {
    return this.#parts.session();
  }

  async #working(work: Promise<void>): Promise<void> {
    this.#parts.changed();
    await work;
    this.#parts.changed();
  }

  #failureOf(answerId: string): Failure | undefined {
    const answer = this.#session.conversation.messages.find(({ id }) => id === answerId);
    const outcome = answer?.role === 'assistant' ? answer.answer.outcome : undefined;
    return outcome?.state === 'failed' ? outcome.failure : undefined;
  }
}

/** The request that the question of an answer would make again. */
function requestAgain(
  session: ChatSession,
  answerId: string,
  changes: Partial<RequestSettings>,
): ChatRequest | undefined {
  const answer = session.conversation.messages.find(({ id }) => id === answerId);
  return answer?.parentId === undefined ? undefined : session.requestUpTo(answer.parentId, changes);
}
