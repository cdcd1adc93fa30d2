import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type {
  AnswerOrigin,
  ChatRequest,
  ResponseEvent,
} from '../../core/conversation/generation/chatModel.ts';
import type { Usage } from '../../core/conversation/message.ts';
import type { QuestionInput } from '../../core/conversation/questionInput.ts';
import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type {
  PreparedRequest,
  ReadAnswer,
  ShapeRequest,
} from '../../core/conversation/session/preparedRequest.ts';
import type { SessionPool } from '../../core/conversation/session/sessionPool.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import type { Instructions } from '../context/instructions.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import type { LengthChoice } from '../words/confirmLength.ts';
import type { ComposerState } from './composerState.ts';

/** What came of asking: it was sent, and its answer has ended; or it was not, and the words are still the user's. */
export type AskOutcome = 'asked' | 'refused';

/** A command's question. */
export interface GivenQuestion {
  /** Its context, replacing what is attached in the panel. */
  readonly context: readonly ContextItem[];
  /** How its request differs from others. */
  readonly settings?: Partial<RequestSettings>;
  /** Makes of its request what is sent. */
  readonly shape?: ShapeRequest;
  /** How its answer is produced, if it isn't the model's plain text. */
  readonly read?: ReadAnswer;
}

/** A command's result from elsewhere, as the chat saves it. */
export interface NotedAnswer {
  /** What the model was shown, redacted. */
  readonly context: readonly CleanItem[];
  readonly markdown: CleanText;
  readonly usage: Usage | undefined;
  /** The requested model, and who answered. */
  readonly model: string;
  readonly origin: AnswerOrigin | undefined;
}

/** What asking works with. */
export interface AskFlowParts {
  /** The visible chat. */
  readonly session: () => ChatSession;
  readonly pool: Pick<SessionPool, 'hold'>;
  readonly questions: QuestionGuard;
  readonly instructions: Pick<Instructions, 'load'>;
  readonly next: Pick<ComposerState, 'attached' | 'sent'>;
  /** Asks what to do about a request that is too long for its model; `send` for one that isn't. */
  readonly length: (
    request: ChatRequest,
    offersNewChat: boolean,
    returned?: () => void,
  ) => Promise<LengthChoice>;
  /** Leaves the oldest messages of a conversation out of its requests from now on, as far as that is necessary. */
  readonly leaveOutOldest: (conversationId: string) => void;
  readonly newChat: () => void;
  /** Has the user agree to what a request may cost; `returned` hears that a dialog about it was answered. */
  readonly confirm: (request: ChatRequest, returned?: () => void) => Promise<boolean>;
  /** Hears that a new question is going to be sent. */
  readonly asking: () => void;
  /** Hears that an answer is on its way in a session, and that it has ended. */
  readonly began: (session: ChatSession) => void;
  readonly ended: () => void;
  /** The user has answered a dialog about what was asked in the view. */
  readonly returned: () => void;
}

/** The way of a question: cleaned, its request built once, estimated, agreed to, and that very request sent. */
export class AskFlow {
  readonly #parts: AskFlowParts;

  constructor(parts: AskFlowParts) {
    this.#parts = parts;
  }

  /**
   * Asks a question with what is attached, or with what is given, in the chat that is shown now, whatever is shown by
   * then. What cannot be sent is refused with words.
   */
  async ask(text: string, given?: GivenQuestion): Promise<AskOutcome> {
    const { session: shown, pool, next, asking, newChat } = this.#parts;
    const session = shown();
    const hold = pool.hold(session);
    try {
      const { context, media } = given ? { context: given.context, media: [] } : next.attached;
      const question = await this.#cleaned(text, context, media);
      if (!question) {
        return 'refused';
      }
      const options = {
        read: given?.read,
        returned: given === undefined,
        agreed: () => {
          next.sent(context, media);
          asking();
        },
      };
      const sendIn = (chat: ChatSession, toNewChat?: () => Promise<AskOutcome>): Promise<AskOutcome> =>
        this.send(chat, () => chat.prepare.question(question, given?.settings, given?.shape), {
          ...options,
          ...(toNewChat && { toNewChat }),
        });
      return await sendIn(session, () => {
        newChat();
        return sendIn(shown());
      });
    } finally {
      hold.dispose();
    }
  }

  /**
   * Has the user agree to what a request may cost, and sends the very request that was agreed to. Where the conversation
   * has gone on meanwhile, it is prepared anew, and agreed to anew.
   */
  async send(
    session: ChatSession,
    prepare: () => PreparedRequest | undefined,
    { read, returned = true, agreed, toNewChat }: SendOptions = {},
  ): Promise<AskOutcome> {
    let prepared: PreparedRequest | undefined;
    do {
      prepared = prepare();
      const choice = prepared ? await this.#choiceFor(prepared, toNewChat !== undefined, returned) : 'send';
      if (choice === 'newChat' && toNewChat) {
        return toNewChat();
      }
      if (choice === 'leaveOut') {
        this.#parts.leaveOutOldest(session.conversation.id);
        prepared = prepare();
      }
      if (choice === 'cancel' || (prepared && !(await this.#isAgreed(prepared, returned)))) {
        return 'refused';
      }
    } while (prepared && !session.isUpToDate(prepared));
    agreed?.();
    const answered = session.send(prepared, read);
    this.#parts.began(session);
    await answered;
    this.#parts.ended();
    return 'asked';
  }

  /** Adds a command's result to the chat, where the user can continue. Nothing is sent. */
  async note(text: CleanText, { context, markdown, usage, model, origin }: NotedAnswer): Promise<void> {
    const session = this.#parts.session();
    const events: ResponseEvent[] = [
      { type: 'untimed' },
      { type: 'origin', ...origin },
      { type: 'text', text: markdown },
      ...(usage ? [{ type: 'usage' as const, usage }] : []),
      { type: 'finish', reason: 'stop' },
    ];
    const noted = session.note({ text, context }, model, events);
    this.#parts.began(session);
    await noted;
    this.#parts.ended();
  }

  /** The question as it may be sent; absent if it may not. */
  async #cleaned(
    text: string,
    context: readonly ContextItem[],
    media: Parameters<QuestionGuard['clean']>[2],
  ): Promise<QuestionInput | undefined> {
    const { questions, instructions } = this.#parts;
    if (
      text.trim() === '' ||
      questions.refuseText(text) ||
      questions.refuse(context) ||
      questions.refuseMedia(media)
    ) {
      return undefined;
    }
    await instructions.load();
    return questions.clean(text, context, media);
  }

  /** What to do about a request's length; one that can't be built fails when it is sent. */
  async #choiceFor(
    { request }: PreparedRequest,
    offersNewChat: boolean,
    inView: boolean,
  ): Promise<LengthChoice> {
    const { length, returned } = this.#parts;
    return request instanceof RequestError
      ? 'send'
      : length(request, offersNewChat, inView ? returned : undefined);
  }

  /** Whether the user agrees to a request's cost; one that can't be built fails when it is sent. */
  async #isAgreed({ request }: PreparedRequest, inView: boolean): Promise<boolean> {
    const { confirm, returned } = this.#parts;
    return request instanceof RequestError || (await confirm(request, inView ? returned : undefined));
  }
}

interface SendOptions {
  readonly read?: ReadAnswer | undefined;
  /** Whether it was asked in the view, to which the user returns from a dialog. */
  readonly returned?: boolean;
  /** Hears that it is going to be sent. */
  readonly agreed?: () => void;
  /** Sends it in a new chat instead. */
  readonly toNewChat?: () => Promise<AskOutcome>;
}
