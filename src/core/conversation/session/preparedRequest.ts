import type { CleanText } from '../../context/clean.ts';
import { RequestError } from '../../model/requestError.ts';
import type { RequestSettings } from '../../model/requestSettings.ts';
import { pathTo, type Conversation } from '../conversation.ts';
import type { AnswerEvent, ChatRequest, ResponseEvent } from '../generation/chatModel.ts';
import { addMedia, mediaIn, type MediaSize } from '../generation/extraCost.ts';
import type { RequestSize } from '../generation/requestEstimate.ts';
import { tokensOfMessages, tokensOfSystem } from '../generation/tokenCounter.ts';
import {
  canContinue,
  type AskedWith,
  type AssistantMessage,
  type Message,
  type UserMessage,
} from '../message.ts';
import { askedIn, partsOf, type QuestionInput } from '../questionInput.ts';
import { askedWith, changesOf, chatFeature } from './askedWith.ts';

/**
 * Something that is going to be asked, with its request. The request is built once: what is estimated and agreed to is
 * the object that is sent, whatever is set meanwhile.
 */
export interface PreparedRequest {
  /** What the request is, or why there can be none: asked all the same, its answer fails with that. */
  readonly request: ChatRequest | RequestError;
  /** The model that is asked. */
  readonly model: string;
  readonly ask:
    | { readonly type: 'question'; readonly question: UserMessage }
    /** A question in other words, in the place of what it was. */
    | { readonly type: 'edited'; readonly question: UserMessage }
    /** Another answer to a question that was asked. */
    | { readonly type: 'again'; readonly question: UserMessage }
    | { readonly type: 'continue'; readonly answer: AssistantMessage };
  /** The request takes nothing of the conversation along. */
  readonly standsAlone?: true;
  /** What its answer keeps of how it is asked for. */
  readonly askedWith?: AskedWith;
  /** How its answer comes, when that is not the model's text. */
  readonly read?: ReadAnswer;
}

/** How an answer comes, when that is not the model's text as it is. */
export type ReadAnswer = (events: AsyncIterable<ResponseEvent>) => AsyncIterable<AnswerEvent>;

/** How a command asks a question in a chat. */
export interface CommandRecipe {
  /** How its settings differ from those of the chat. */
  readonly settings?: Partial<RequestSettings>;
  readonly shape?: ShapeRequest;
  readonly read?: ReadAnswer;
}

/** Makes one request into another that is sent in its place. */
export type ShapeRequest = (request: ChatRequest) => ChatRequest;

/** What preparing a request needs. */
export interface PreparationParts {
  /** The id of the model to ask next. */
  readonly model: () => string;
  /**
   * Settings for the next request, given the tokens of its messages and the changes wanted. Throws a `RequestError` if
   * a setting is invalid.
   */
  readonly request: (
    tokens: number,
    changes: Partial<RequestSettings>,
    conversationId: string,
  ) => RequestSettings & Pick<ChatRequest, 'system'>;
  /** How many of the oldest messages aren't sent, because the user agreed to that; absent for none. */
  readonly leaveOut?: (
    conversationId: string,
    messages: readonly Message[],
    changes: Partial<RequestSettings>,
  ) => number;
  /** How a command asks this question again; absent for one that asks as the chat does. */
  readonly recipe?: (feature: string, question: UserMessage) => CommandRecipe | undefined;
  readonly now: () => number;
  readonly newId: () => string;
}

/** The conversation that is asked in, and the last of its messages on the screen. */
interface AskedConversation {
  readonly conversation: Conversation;
  readonly last: Message | undefined;
}

/** Prepares what a conversation can ask next. Nothing is sent or saved here. */
export class Preparation {
  readonly #parts: PreparationParts;
  readonly #now: () => AskedConversation;

  constructor(parts: PreparationParts, now: () => AskedConversation) {
    this.#parts = parts;
    this.#now = now;
  }

  /** A question at the end. `changes` hold for this request only; `shape` makes of the request what is sent. */
  question(
    asked: QuestionInput,
    changes: Partial<RequestSettings> = {},
    shape?: ShapeRequest,
  ): PreparedRequest {
    const { conversation, last } = this.#now();
    const question: UserMessage = { role: 'user', ...this.#newMessage(last), parts: partsOf(asked) };
    return this.#prepared({ type: 'question', question }, pathTo(conversation, question), changes, shape);
  }

  /**
   * The question of an answer once more, in its place. Where the conversation has gone on, it is a new one at the end.
   */
  retry(answerId: string, changes: Partial<RequestSettings> = {}): PreparedRequest | undefined {
    const { conversation, last } = this.#now();
    const question = this.#questionOf(answerId);
    if (!question || !last) {
      return undefined;
    }
    const isLast = pathTo(conversation, last).findLast(({ role }) => role === 'user') === question;
    return this.#again(question, answerId, changes, isLast);
  }

  /** Another answer in the place of one. */
  regenerate(answerId: string, changes: Partial<RequestSettings> = {}): PreparedRequest | undefined {
    const question = this.#questionOf(answerId);
    return question && this.#again(question, answerId, changes, true);
  }

  /** A question in other words, in its place. */
  edit(questionId: string, text: CleanText): PreparedRequest | undefined {
    const old = this.#find(questionId);
    if (old?.role !== 'user') {
      return undefined;
    }
    const parts = partsOf({ ...askedIn(old), text });
    const question: UserMessage = { role: 'user', ...this.#newMessage(this.#find(old.parentId)), parts };
    const path = [...pathTo(this.#now().conversation, old).slice(0, -1), question];
    return this.#prepared({ type: 'edited', question }, path, {});
  }

  /** More of an answer that broke off. */
  continue(answerId: string): PreparedRequest | undefined {
    const answer = this.#find(answerId);
    if (answer?.role !== 'assistant' || !canContinue(answer)) {
      return undefined;
    }
    const { askedWith: asked } = answer.answer;
    const path = pathTo(this.#now().conversation, answer);
    return this.#prepared({ type: 'continue', answer }, path, this.#changesOf(asked), featured(asked));
  }

  /**
   * What would be asked now; where nothing is typed, what the last question would ask again, if there is one. Throws a
   * `RequestError`.
   */
  preview(asked: QuestionInput): ChatRequest | undefined {
    const { conversation, last } = this.#now();
    const question = last && pathTo(conversation, last).findLast(({ role }) => role === 'user');
    if (asked.text.trim() === '') {
      return question && this.#request(pathTo(conversation, question), {}, false);
    }
    const { request } = this.question(asked);
    if (request instanceof RequestError) {
      throw request;
    }
    return request;
  }

  /**
   * The settings and the size of the request that words of about so many tokens would make now, with what goes along.
   * It is for words that are still being typed, so nothing of them is in it. Throws a `RequestError`.
   */
  size(added: { readonly tokens: number; readonly media: MediaSize }): {
    readonly settings: RequestSettings;
    readonly size: RequestSize;
  } {
    const { conversation, last } = this.#now();
    const path = last ? this.#sent(pathTo(conversation, last), {}) : [];
    const before = tokensOfMessages(path);
    const { system, ...settings } = this.#settings(before + added.tokens, {});
    const sentBefore = tokensOfSystem(system) + before;
    const isFirst = !path.some(({ role }) => role === 'assistant');
    return {
      settings,
      size: {
        tokens: sentBefore + added.tokens,
        sentBefore: isFirst ? 0 : sentBefore,
        media: addMedia(added.media, mediaIn(path)),
      },
    };
  }

  /** The question of an answer as it was asked for it, but for the changes; in its place, or at the end. */
  #again(
    question: UserMessage,
    answerId: string,
    changes: Partial<RequestSettings>,
    inPlace: boolean,
  ): PreparedRequest {
    const answer = this.#find(answerId);
    const asked = answer?.role === 'assistant' ? answer.answer.askedWith : undefined;
    const recipe = asked?.feature === undefined ? undefined : this.#parts.recipe?.(asked.feature, question);
    const wanted = { ...this.#changesOf(asked), ...changes };
    const own = recipe?.settings;
    // What is set for the command's model isn't right for another.
    const all = (wanted.model ?? own?.model) === own?.model ? { ...own, ...wanted } : wanted;
    const shape = recipe?.shape ?? featured(asked);
    const prepared = inPlace
      ? this.#prepared({ type: 'again', question }, pathTo(this.#now().conversation, question), all, shape)
      : this.question(askedIn(question), all, shape);
    return { ...prepared, ...(recipe?.read && { read: recipe.read }) };
  }

  #changesOf(asked: AskedWith | undefined): Partial<RequestSettings> {
    return changesOf(asked, this.#chatModel);
  }

  get #chatModel(): string {
    return this.#now().conversation.model ?? this.#parts.model();
  }

  #prepared(
    ask: PreparedRequest['ask'],
    messages: readonly Message[],
    changes: Partial<RequestSettings>,
    shape: ShapeRequest = (request) => request,
  ): PreparedRequest {
    const { conversation } = this.#now();
    const model = changes.model ?? this.#chatModel;
    const fresh =
      ask.type !== 'continue' && conversation.messages.some(({ parentId }) => parentId === ask.question.id);
    try {
      const plain = this.#request(messages, changes, fresh);
      const shaped = shape(plain);
      const standsAlone = shaped.messages !== plain.messages;
      // It is fitted to what is sent, not to the conversation.
      const own = standsAlone && this.#settings(tokensOfMessages(shaped.messages), changes);
      const request = own ? shape({ ...plain, ...own }) : shaped;
      const leftOut = standsAlone ? 0 : messages.length - plain.messages.length;
      const kept = askedWith(changes, request.feature, this.#chatModel, leftOut);
      return {
        ...{ ask, model, request },
        ...(kept && { askedWith: kept }),
        ...(standsAlone && { standsAlone }),
      };
    } catch (error) {
      if (error instanceof RequestError) {
        const kept = askedWith(changes, undefined, this.#chatModel);
        return { ask, model, request: error, ...(kept && { askedWith: kept }) };
      }
      throw error;
    }
  }

  #request(all: readonly Message[], changes: Partial<RequestSettings>, fresh: boolean): ChatRequest {
    const messages = this.#sent(all, changes);
    return {
      ...this.#settings(tokensOfMessages(messages), changes),
      messages,
      sessionId: this.#now().conversation.id,
      feature: chatFeature,
      ...(fresh && { fresh }),
    };
  }

  #sent(messages: readonly Message[], changes: Partial<RequestSettings>): readonly Message[] {
    const { id, model } = this.#now().conversation;
    const all = { ...(model !== undefined && { model }), ...changes };
    const oldest = this.#parts.leaveOut?.(id, messages, all) ?? 0;
    return oldest === 0 ? messages : messages.slice(oldest);
  }

  #settings(tokens: number, changes: Partial<RequestSettings>): ReturnType<PreparationParts['request']> {
    const { id, model } = this.#now().conversation;
    return this.#parts.request(tokens, { ...(model !== undefined && { model }), ...changes }, id);
  }

  #newMessage(parent: Message | undefined): { id: string; createdAt: number; parentId?: string } {
    const { newId, now } = this.#parts;
    return { id: newId(), createdAt: now(), ...(parent && { parentId: parent.id }) };
  }

  #questionOf(answerId: string): UserMessage | undefined {
    const question = this.#find(this.#find(answerId)?.parentId);
    return question?.role === 'user' ? question : undefined;
  }

  #find(messageId: string | undefined): Message | undefined {
    return this.#now().conversation.messages.find(({ id }) => id === messageId);
  }
}

/** Names the command that asked. */
function featured({ feature }: AskedWith = {}): ShapeRequest {
  return (request) => (feature === undefined ? request : { ...request, feature });
}
