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
  /** Gives the model that is asked; loading it may take a moment. */
  readonly chat: () => Promise<ChatModel>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What an answer costs at the list price of its model; nothing where there is none. */
  readonly estimate: (
    model: string,
    tokens: { readonly prompt: number; readonly completion: number },
  ) => PicoDollars | undefined;
  /** Waits for what the service's books say of an answer; nothing when they never do. */
  readonly lookUpUsage: (generationId: string) => Promise<Usage | undefined>;
}

/** Where the events of an answer come from; what it throws ends up in the answer. */
export type AnswerSource = (chat: ChatModel, signal: AbortSignal) => AsyncIterable<AnswerEvent>;

/** Lets the answers of a conversation come, one at a time: asks, follows the answer to its end, and settles its cost. */
export class AnswerCoordinator {
  readonly #parts: AnswerCoordinatorParts;
  readonly #persisted: PersistedConversation;
  #run: AnswerRun | undefined;

  constructor(parts: AnswerCoordinatorParts, kept: PersistedConversation) {
    this.#parts = parts;
    this.#persisted = kept;
  }

  /** The answer on its way. */
  get current(): AssistantMessage | undefined {
    return this.#run?.message;
  }

  /** Lets a new, empty answer come; failures end up in the answer. */
  async begin(answer: AssistantMessage, source: AnswerSource): Promise<void> {
    const run = this.#start(answer);
    this.#persisted.add(answer, answer);
    await this.#follow(run, source);
  }

  /** Lets an answer that broke off go on where it did. */
  async goOn(answer: AssistantMessage, source: AnswerSource): Promise<void> {
    const run = this.#start(answer);
    this.#persisted.goOnWith(run.message);
    await this.#follow(run, source);
  }

  /** Ends the answer on its way; what has arrived stays. */
  stop(): void {
    this.#run?.stop();
  }

  /** Brings all that has arrived to the disk. */
  flush(): void {
    this.#run?.flush();
  }

  /** Settles what an earlier session could not. */
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

  /** Puts what the service says in the place of estimates, also when nobody looks at the chat any more. */
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

  /** About what an answer took that ended without saying so, as when it was stopped. */
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

/** What must not wait for the end of an answer: by its id the service can be asked, even after a crash. */
function isWorthSaving({ type }: AnswerEvent): boolean {
  return type === 'origin' || type === 'nextGeneration';
}

/** A failure as it is kept with an answer. */
function toFailure(error: unknown): Failure {
  if (!(error instanceof RequestError)) {
    // A fault of our own: its stack goes to the log by whoever listens; here it must still end the answer.
    return { kind: 'internal', detail: error instanceof Error ? error.message : String(error) };
  }
  return { kind: error.kind, ...error.facts };
}
