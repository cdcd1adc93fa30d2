import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { PreparedRequest } from '../../core/conversation/session/preparedRequest.ts';
import type { Failure } from '../../core/conversation/message.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import { withoutExcluding, type Routing } from '../../core/model/routing.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import type { AskOutcome } from './askFlow.ts';

interface AgainParts {
  /** The visible chat. */
  readonly session: () => ChatSession;
  readonly questions: Pick<QuestionGuard, 'refuseText' | 'cleanText'>;
  readonly routing: () => Routing;
  /** Has the user agree to a request, and sends it. */
  readonly send: (session: ChatSession, prepare: () => PreparedRequest | undefined) => Promise<AskOutcome>;
}

/** Retries a question: as it was, with another model, edited, or continued. */
export class RetryActions {
  readonly #parts: AgainParts;

  constructor(parts: AgainParts) {
    this.#parts = parts;
  }

  /** Retries the question of a failed or stopped answer; `changes` apply to this request only. */
  async ask(answerId: string, changes: Partial<RequestSettings> = {}): Promise<void> {
    const session = this.#session;
    await this.#parts.send(session, () => session.prepare.retry(answerId, changes));
  }

  /** The same with another model. */
  async askModel(answerId: string, model: string): Promise<void> {
    await this.ask(answerId, { model, fallbackModels: [] });
  }

  /** The same with an answer length that the credit covers. */
  async askShorter(answerId: string): Promise<void> {
    const maxTokens = this.#failureOf(answerId)?.affordableTokens;
    await this.ask(answerId, maxTokens === undefined ? {} : { maxTokens });
  }

  /** The same without the routing that excluded every provider. */
  async askRelaxed(answerId: string): Promise<void> {
    const excludedBy = this.#failureOf(answerId)?.excludedBy ?? [];
    await this.ask(answerId, { routing: withoutExcluding(this.#parts.routing(), excludedBy) });
  }

  /** Continues an answer that was cut off. */
  async continue(answerId: string): Promise<void> {
    const session = this.#session;
    await this.#parts.send(session, () => session.prepare.continue(answerId));
  }

  /** Regenerates an answer, optionally with another model. */
  async regenerate(answerId: string, model?: string): Promise<void> {
    const changes = model === undefined ? {} : { model, fallbackModels: [] };
    const session = this.#session;
    await this.#parts.send(session, () => session.prepare.regenerate(answerId, changes));
  }

  /** Puts a question in other words, in its place, without its secrets. */
  async edit(questionId: string, text: string): Promise<AskOutcome> {
    const session = this.#session;
    const { questions, send } = this.#parts;
    if (text.trim() === '' || questions.refuseText(text)) {
      return 'refused';
    }
    const cleaned = await questions.cleanText(text.trim());
    return send(session, () => session.prepare.edit(questionId, cleaned));
  }

  /** The chat it belongs to, whatever is shown by then. */
  get #session(): ChatSession {
    return this.#parts.session();
  }

  #failureOf(answerId: string): Failure | undefined {
    const answer = this.#session.conversation.messages.find(({ id }) => id === answerId);
    const outcome = answer?.role === 'assistant' ? answer.answer.outcome : undefined;
    return outcome?.state === 'failed' ? outcome.failure : undefined;
  }
}
