import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { PreparedRequest } from '../../core/conversation/session/preparedRequest.ts';
import type { Answer, Failure } from '../../core/conversation/message.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import { excludingRules, withoutRules, type Routing, type RoutingRule } from '../../core/model/routing.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import type { AskOutcome } from './askFlow.ts';

interface AgainParts {
  /** The visible chat. */
  readonly session: () => ChatSession;
  readonly questions: Pick<QuestionGuard, 'refuseText' | 'cleanText'>;
  /** The model that the chat asks by itself. */
  readonly model: () => string;
  readonly routing: (model: string) => Routing;
  /** Has the user agree to go without rules, and says without which; `areNamed` says whether the user has seen them. */
  readonly confirmRelaxing: (
    rules: readonly RoutingRule[],
    areNamed: boolean,
  ) => Promise<readonly RoutingRule[] | undefined>;
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

  /** The same without the routing that excluded every provider, as far as the user agrees. */
  async askRelaxed(answerId: string): Promise<void> {
    const { confirmRelaxing, model, routing } = this.#parts;
    const next = this.#session.prepare.retry(answerId)?.model ?? model();
    const now = routing(next);
    const rules = excludingRules(now, this.#failureOf(answerId)?.excludedBy ?? []);
    // The rules beside the button are those of the model that was asked.
    const dropped = await confirmRelaxing(rules, this.#answerOf(answerId)?.requestedModel === next);
    if (dropped) {
      await this.ask(answerId, { routing: withoutRules(now, dropped) });
    }
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

  #answerOf(answerId: string): Answer | undefined {
    const message = this.#session.conversation.messages.find(({ id }) => id === answerId);
    return message?.role === 'assistant' ? message.answer : undefined;
  }

  #failureOf(answerId: string): Failure | undefined {
    const outcome = this.#answerOf(answerId)?.outcome;
    return outcome?.state === 'failed' ? outcome.failure : undefined;
  }
}
