/** A question that was sent and isn't in the conversation yet. */
export interface SentQuestion {
  readonly text: string;
  readonly conversationId: string;
  /** The last message when it was sent; absent in an empty conversation. */
  readonly after?: string;
}

/** A scroll position: how far a message's top is above the viewport's. */
export interface ScrollPlace {
  readonly conversationId: string;
  readonly messageId: string;
  readonly offset: number;
}

/** A question being edited. */
export interface QuestionEdit {
  readonly messageId: string;
  readonly text: string;
}

/** What the panel saves for itself across reloads. Conversations belong to the host. */
export interface PanelState {
  /** The draft. */
  readonly draft: string;
  /** What is shown, so that a restored editor tab shows it again. */
  readonly conversationId?: string;
  readonly sent?: SentQuestion;
  readonly edit?: QuestionEdit;
  /** Where the user was reading; absent at the end. */
  readonly place?: ScrollPlace;
  /** Answers with expanded reasoning. */
  readonly unfolded: readonly string[];
}

/** Reads the state saved by an earlier panel, perhaps of another version. What doesn't match is dropped. */
export function readPanelState(saved: unknown): PanelState {
  const { draft, conversationId, sent, edit, place, unfolded } = fieldsOf(saved);
  const question = readSent(sent);
  const scroll = readPlace(place);
  const changed = readEdit(edit);
  return {
    draft: typeof draft === 'string' ? draft : '',
    unfolded: Array.isArray(unfolded) ? unfolded.filter((id) => typeof id === 'string') : [],
    ...(typeof conversationId === 'string' && { conversationId }),
    ...(question && { sent: question }),
    ...(scroll && { place: scroll }),
    ...(changed && { edit: changed }),
  };
}

function readSent(saved: unknown): SentQuestion | undefined {
  const { text, conversationId, after } = fieldsOf(saved);
  return typeof text === 'string' && typeof conversationId === 'string'
    ? { text, conversationId, ...(typeof after === 'string' && { after }) }
    : undefined;
}

function readEdit(saved: unknown): QuestionEdit | undefined {
  const { messageId, text } = fieldsOf(saved);
  return typeof messageId === 'string' && typeof text === 'string' ? { messageId, text } : undefined;
}

function readPlace(saved: unknown): ScrollPlace | undefined {
  const { conversationId, messageId, offset } = fieldsOf(saved);
  return typeof conversationId === 'string' && typeof messageId === 'string' && typeof offset === 'number'
    ? { conversationId, messageId, offset }
    : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
