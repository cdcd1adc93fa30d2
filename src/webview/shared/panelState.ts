/** A question that has been sent and is not yet seen in the conversation. */
export interface SentQuestion {
  readonly text: string;
  readonly conversationId: string;
  /** The last message when it was sent; absent in an empty conversation. */
  readonly after?: string;
}

/** A place in the conversation: how far the top of a message is above the top of what one sees. */
export interface ScrollPlace {
  readonly conversationId: string;
  readonly messageId: string;
  readonly offset: number;
}

/** A question that is being put in other words. */
export interface QuestionEdit {
  readonly messageId: string;
  readonly text: string;
}

/** What the panel keeps for itself while it is thrown away and drawn again. Conversations belong to the host. */
export interface PanelState {
  /** The question that is being written. */
  readonly draft: string;
  /** What is shown: a tab of the editor that is brought back after a reload shows it again. */
  readonly conversationId?: string;
  readonly sent?: SentQuestion;
  readonly edit?: QuestionEdit;
  /** Where the user was reading; absent at the end. */
  readonly place?: ScrollPlace;
  /** The answers whose reasoning is unfolded. */
  readonly unfolded: readonly string[];
}

/** Reads what an earlier panel, maybe of another version, has kept. What does not fit is as if it were not there. */
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
