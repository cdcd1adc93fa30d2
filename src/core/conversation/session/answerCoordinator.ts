import { AnswerRun } from './answerRun.ts';
import type { AnswerEvent, ChatModel } from '../generation/chatModel.ts';
import { roundsOf } from '../answerParts.ts';
import { pathTo } from '../conversation.ts';
import { originOf, settlementMs, unsettledIds, withUsage } from '../generations.ts';
import type { ConversationStore } from '../persistence/conversationStore.ts';
import type { PersistedConversation } from './persistedConversation.ts';
import {
  promptTokens,
  tokensOfParts,
  type AssistantMessage,
  type Failure,
  type Outcome,
  type Usage,
} from '../message.ts';
import { RequestError } from '../../model/requestError.ts';
import type { PicoDollars } from '../../money/money.ts';

/** What answers are made from. */
export interface AnswerCoordinatorParts {
  readonly store: Pick<ConversationStore, 'appendPart' | 'putPart'>;
  /** Loads the model to ask. */
  readonly chat: () => Promise<ChatModel>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** An answer's cost at its model's list price; absent if there is none. */
  readonly estimate: (
    model: string,
    tokens: { readonly prompt: number; readonly completion: number },
  ) => PicoDollars | undefined;
  /** Waits for the service's record of an answer; absent if it never appears. */
  readonly lookUpUsage: (generationId: string) => Promise<Usage | undefined>;
}

/** Where the events of an answer come from; what it throws ends up in the answer. */
export type AnswerSource = (chat: ChatModel, signal: AbortSignal) => AsyncIterable<AnswerEvent>;

/** Runs a conversation's answers one at a time: sends the request, follows the answer, and settles its cost. */
export class AnswerCoordinator {
  readonly #parts: AnswerCoordinatorParts;
  readonly #persisted: PersistedConversation;
  #run: AnswerRun | undefined;

  constructor(parts: AnswerCoordinatorParts, kept: PersistedConversation) {
    this.#parts = parts;
    this.#persisted = kept;
  }

  /** The running answer. */
  get current(): AssistantMessage | undefined {
    return this.#run?.message;
  }

  /** Lets a new, empty answer come; failures end up in the answer. */
  async begin(answer: AssistantMessage, source: AnswerSource): Promise<void> {
    const run = this.#start(answer);
    this.#persisted.add(answer, answer);
    await this.#follow(run, source);
  }

  /** Continues an answer that was cut off. */
  async goOn(answer: AssistantMessage, source: AnswerSource): Promise<void> {
    const run = this.#start(answer);
    this.#persisted.goOnWith(run.message);
    await this.#follow(run, source);
  }

  /** Stops the running answer; its text is kept. */
  stop(): void {
    this.#run?.stop();
  }

  /** Saves everything that has arrived. */
  flush(): void {
    this.#run?.flush();
  }

  /** Settles what an earlier session left open. */
  async settleEarlier(): Promise<void> {
    const since = this.#parts.now() - settlementMs;
    const recent = this.#persisted.conversation.messages.filter(
      (message): message is AssistantMessage => message.role === 'assistant' && message.createdAt > since,
    );
    await Promise.all(recent.map((answer) => this.#settle(answer)));
  }

  #start(answer: AssistantMessage): AnswerRun {
    const { store, now } = this.#parts;
    const run = new AnswerRun(answer, store, now, this.#persisted.saveFailed);
    this.#run = run;
    return run;
  }

  async #follow(run: AnswerRun, source: AnswerSource): Promise<void> {
    let outcome: Outcome;
    try {
      const chat = await this.#parts.chat();
      for await (const event of source(chat, run.signal)) {
        const growths = run.take(event);
        this.#persisted.grow(run.message, growths);
        if (isWorthSaving(event)) {
          this.#persisted.save(run.message);
        }
      }
      outcome = run.outcome;
    } catch (error) {
      outcome = { state: 'failed', failure: toFailure(error) };
    }
    this.#end(run, outcome);
  }

  #end(run: AnswerRun, outcome: Outcome): void {
    run.end(outcome, (answer) => this.#estimate(answer));
    this.#run = undefined;
    this.#persisted.end(run.message, () => run.flush());
    void this.#settle(run.message);
  }

  /** Replaces estimates with the service's record, even if nobody is looking at the chat. */
  async #settle({ id, answer }: AssistantMessage): Promise<void> {
    await Promise.all(
      unsettledIds(answer).map(async (generationId) => {
        const usage = await this.#parts.lookUpUsage(generationId);
        const message = this.#persisted.find(id);
        if (usage && message?.role === 'assistant') {
          this.#persisted.settle({ ...message, answer: withUsage(message.answer, generationId, usage) });
        }
      }),
    );
  }

  /** Estimates the usage of an answer that ended without reporting it, for example when stopped. */
  #estimate(message: AssistantMessage): Usage {
    const path = pathTo(this.#persisted.conversation, message).filter(({ id }) => id !== message.id);
    const completion = tokensOfParts(roundsOf(message.parts).at(-1)?.parts ?? []);
    const earlier = tokensOfParts(message.parts) - completion;
    const tokens = { prompt: promptTokens(path) + earlier, completion };
    const { requestedModel } = message.answer;
    const { model } = originOf(message.answer);
    const cost = this.#parts.estimate(model ?? requestedModel, tokens);
    return {
      promptTokens: tokens.prompt,
      completionTokens: tokens.completion,
      estimated: true,
      ...(cost !== undefined && { cost }),
    };
  }
}

/** Saved right away: its id lets us ask the service, even after a crash. */
function isWorthSaving({ type }: AnswerEvent): boolean {
  return type === 'origin' || type === 'nextGeneration';
}

/** A failure as saved with an answer. */
function toFailure(error: unknown): Failure {
  if (!(error instanceof RequestError)) {
    // A bug of ours: listeners log its stack; here it must still end the answer.
    return { kind: 'internal', detail: error instanceof Error ? error.message : String(error) };
  }
  return { kind: error.kind, ...error.facts };
}
