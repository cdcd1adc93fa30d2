import { Emitter } from '../../util/emitter.ts';
import { RequestError } from '../../model/requestError.ts';
import type { QuestionInput } from '../questionInput.ts';
import { ChatSession, type SessionParts } from './chatSession.ts';
import type { Conversation } from '../conversation.ts';
import { MemoryStore } from '../persistence/memoryStore.ts';
import type { AssistantMessage, Message } from '../message.ts';
import type { RunBudget } from '../generation/runBudget.ts';
import type { PreparedRequest } from './preparedRequest.ts';
import type { SessionChange } from './sessionChange.ts';

/** How many models can be compared. */
export const comparable = { least: 2, most: 4 } as const;

/** One model and its own conversation. */
export interface ComparedModel {
  readonly model: string;
  readonly session: ChatSession;
}

/** A change of one model's answer. */
export interface ComparedChange {
  readonly compared: ComparedModel;
  readonly change: SessionChange;
}

/** One question to several models at once. Nothing is saved unless an answer is continued. */
export class Comparison {
  readonly #changed = new Emitter<ComparedChange>();
  /** In the order they were chosen. */
  readonly models: readonly ComparedModel[];

  readonly onDidChange = this.#changed.event;

  constructor(parts: Omit<SessionParts, 'store' | 'model'>, models: readonly string[]) {
    const store = new MemoryStore();
    this.models = models.map((model) => {
      const session = ChatSession.begin({ ...parts, store, ...alwaysAsking(model, parts) });
      const compared = { model, session };
      session.onDidChange((change) => {
        this.#changed.fire({ compared, change });
      });
      return compared;
    });
  }

  /** What each of them is going to be asked, in their order. */
  prepare(asked: QuestionInput): readonly PreparedRequest[] {
    return this.models.map(({ session }) => session.prepare.question(asked));
  }

  /**
   * Asks each of them what was prepared for it. Together they may spend no more than the budget of the run. Resolves
   * when the last answer has ended; failures end up in the answers.
   */
  async ask(prepared: readonly PreparedRequest[], run?: RunBudget): Promise<void> {
    await Promise.all(this.models.map(({ session }, at) => session.send(withRun(prepared[at], run))));
  }

  /** Stops all running answers. */
  stop(): void {
    for (const { session } of this.models) {
      session.stop();
    }
  }
}

/** What was prepared, as a part of a run. */
export function withRun<Prepared extends PreparedRequest | undefined>(
  prepared: Prepared,
  run: RunBudget | undefined,
): Prepared {
  return !prepared || !run || prepared.request instanceof RequestError
    ? prepared
    : { ...prepared, request: { ...prepared.request, run } };
}

/** A model's visible answer, once it has started. */
export function answerIn({ session }: ComparedModel): AssistantMessage | undefined {
  const last = session.visible.at(-1)?.message;
  return last?.role === 'assistant' ? last : undefined;
}

/**
 * The question and one model's answer as a conversation of its own, with its cost; absent while the answer is running.
 */
export function chatWith(
  compared: ComparedModel,
  title: string,
  { newId, now }: { readonly newId: () => string; readonly now: () => number },
): Conversation | undefined {
  if (answerIn(compared)?.answer.outcome.state === 'pending' || !answerIn(compared)) {
    return undefined;
  }
  const messages: Message[] = [];
  for (const { message } of compared.session.visible) {
    const { parentId: _parent, ...own } = message;
    const parent = messages.at(-1);
    messages.push({ ...own, id: newId(), ...(parent && { parentId: parent.id }) });
  }
  return { id: newId(), title, createdAt: now(), messages };
}

/** Every request of the session goes to this model, without fallbacks. */
function alwaysAsking(
  model: string,
  { request }: Pick<SessionParts, 'request'>,
): Pick<SessionParts, 'model' | 'request'> {
  return {
    model: () => model,
    request: (tokens, changes, conversationId) =>
      request(tokens, { ...changes, model, fallbackModels: [] }, conversationId),
  };
}
