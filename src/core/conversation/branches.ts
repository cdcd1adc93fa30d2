import type { AssistantMessage, Message, UserMessage } from './message.ts';

/** A visible message and its alternatives. */
export interface VisibleMessage {
  readonly message: Message;
  /** Identifies the place: one of several messages is chosen for it. */
  readonly place: string;
  /** The ids of all alternatives, oldest first, including this one. */
  readonly versions: readonly string[];
}

/** Chooses one of several messages, given in the order in which they were written. */
export type ChooseVersion = <Each extends Message>(
  place: string,
  versions: readonly Each[],
) => Each | undefined;

/** Takes the earlier choice, or else the newest. */
export function chosenOrNewest(chosen: ReadonlyMap<string, string>): ChooseVersion {
  return (place, versions) => versions.find(({ id }) => id === chosen.get(place)) ?? versions.at(-1);
}

/**
 * One path through a conversation. An edited question or a regenerated answer has several versions; what follows
 * depends on the chosen one.
 */
export function visiblePath(messages: readonly Message[], choose: ChooseVersion): readonly VisibleMessage[] {
  const byParent = groupedByParent(messages);
  const known = new Set(messages.map(({ id }) => id));
  const path: VisibleMessage[] = [];
  const take = <Each extends Message>(place: string, versions: readonly Each[]): Each | undefined => {
    const message = choose(place, versions);
    if (message) {
      path.push({ message, place, versions: versions.map(({ id }) => id) });
    }
    return message;
  };
  const beginnings = messages.filter(({ parentId }) => parentId === undefined || !known.has(parentId));
  // An answer without its question can only come from a damaged file; show it anyway.
  beginnings.filter(isAnswer).forEach((answer) => take(answer.id, [answer]));
  let questions: readonly UserMessage[] = beginnings.filter(isQuestion);
  let place = '';
  for (let question = take(place, questions); question; question = take(place, questions)) {
    const { id } = question;
    const followers = byParent.get(id) ?? [];
    const answer = take(`answer to ${id}`, withoutFailures(followers.filter(isAnswer)));
    // A question asked while this one was being answered follows the question itself.
    questions = [...followers, ...(byParent.get(answer?.id ?? '') ?? [])].filter(isQuestion);
    place = answer?.id ?? id;
  }
  return path;
}

/** The answers to a question, without those that failed before the first word and were retried. */
function withoutFailures(answers: readonly AssistantMessage[]): readonly AssistantMessage[] {
  return answers.filter((answer, at) => at === answers.length - 1 || !isWordlessFailure(answer));
}

function groupedByParent(messages: readonly Message[]): ReadonlyMap<string | undefined, readonly Message[]> {
  const groups = new Map<string | undefined, Message[]>();
  for (const message of messages) {
    const group = groups.get(message.parentId) ?? [];
    group.push(message);
    groups.set(message.parentId, group);
  }
  return groups;
}

function isWordlessFailure({ answer, parts }: AssistantMessage): boolean {
  return answer.outcome.state === 'failed' && parts.length === 0;
}

function isAnswer(message: Message): message is AssistantMessage {
  return message.role === 'assistant';
}

function isQuestion(message: Message): message is UserMessage {
  return message.role === 'user';
}
