import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { ConversationStore } from '../../core/conversation/persistence/conversationStore.ts';
import type { GrowingType } from '../../core/conversation/answerParts.ts';
import type { AssistantMessage, Message } from '../../core/conversation/message.ts';
import type { AnswerPart } from '../../core/conversation/part.ts';
import { asMoment, Statements } from './statements.ts';
import { StoreMovedError } from './storeMoved.ts';
import { fromMessageRow, messageRow } from './storedMessage.ts';
import { partRow, toPartColumns } from './storedPart.ts';
import type { Owners } from './windowOwners.ts';

const conversationRow = z.object({
  title: z.string(),
  created_at: z.number(),
  model: z.nullable(z.string()),
});

/** Stores conversations in one SQLite file shared by all windows. */
export class SqliteConversationStore implements ConversationStore {
  readonly #statements: Statements;
  readonly #owners: Owners;
  readonly #now: () => number;
  readonly #isInPlace: () => boolean;

  /** `isInPlace` says whether the database file is still where it was opened. */
  constructor(
    database: DatabaseSync,
    owners: Owners,
    now: () => number,
    isInPlace: () => boolean = () => true,
  ) {
    this.#statements = new Statements(database);
    this.#owners = owners;
    this.#now = now;
    this.#isInPlace = isInPlace;
  }

  load(conversationId: string): Conversation | undefined {
    const row = this.#statements
      .of(`SELECT title, ${asMoment('created_at')}, model FROM conversation WHERE id = ?`)
      .get(conversationId);
    if (!row) {
      return undefined;
    }
    const { title, created_at: createdAt, model } = conversationRow.parse(row);
    return {
      id: conversationId,
      title,
      ...(model !== null && { model }),
      createdAt,
      ...this.#messages(conversationId),
    };
  }

  revision(conversationId: string): number {
    const row = this.#statements.of('SELECT revision FROM conversation WHERE id = ?').get(conversationId);
    return Number(row?.['revision'] ?? 0);
  }

  create({ id, title, model, createdAt }: Conversation): void {
    this.#statements
      .of('INSERT INTO conversation (id, title, model, created_at, updated_at) VALUES (?, ?, ?, ?, ?)')
      .run(id, title, model ?? null, createdAt, createdAt);
  }

  setTitle(conversationId: string, title: string): void {
    this.#statements
      .of('UPDATE conversation SET title = ?, revision = revision + 1 WHERE id = ?')
      .run(title, conversationId);
  }

  setModel(conversationId: string, model: string | undefined): void {
    this.#statements
      .of('UPDATE conversation SET model = ?, revision = revision + 1 WHERE id = ?')
      .run(model ?? null, conversationId);
  }

  add(conversation: Conversation): void {
    this.#write(() => {
      this.create(conversation);
      for (const message of conversation.messages) {
        this.#insert(conversation.id, message);
      }
    });
  }

  addMessage(conversationId: string, message: Message): void {
    this.#write(() => {
      this.#insert(conversationId, message);
    });
  }

  withdraw(conversationId: string, questionId: string): void {
    this.#write(() => {
      this.#statements
        .of(
          `UPDATE message SET parent_id = (SELECT parent_id FROM message WHERE id = ?)
         WHERE conversation_id = ? AND parent_id = ?`,
        )
        .run(questionId, conversationId, questionId);
      const { changes } = this.#statements
        .of('DELETE FROM message WHERE id = ? AND conversation_id = ?')
        .run(questionId, conversationId);
      if (changes > 0) {
        this.#touch(conversationId);
      }
    });
  }

  appendPart(messageId: string, position: number, type: GrowingType, text: string): void {
    this.#write(() => {
      this.#statements
        .of(
          `INSERT INTO part (message_id, position, type, text) VALUES (?, ?, ?, ?)
           ON CONFLICT (message_id, position) DO UPDATE SET text = part.text || excluded.text`,
        )
        .run(messageId, position, type, text);
    });
  }

  putPart(messageId: string, position: number, part: AnswerPart): void {
    const { text, data } = toPartColumns(part);
    this.#write(() => {
      this.#statements
        .of(
          `INSERT INTO part (message_id, position, type, text, data) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (message_id, position) DO UPDATE SET
             type = excluded.type, text = excluded.text, data = excluded.data`,
        )
        .run(messageId, position, part.type, text, data);
    });
  }

  saveAnswer(message: AssistantMessage): void {
    this.#write(() => {
      const pending = message.answer.outcome.state === 'pending';
      this.#statements
        .of('UPDATE message SET answer = ?, owner = ? WHERE id = ?')
        .run(JSON.stringify(message.answer), pending ? this.#owners.self : null, message.id);
      const row = this.#statements.of('SELECT conversation_id FROM message WHERE id = ?').get(message.id);
      this.#touch(String(row?.['conversation_id']));
    });
  }

  /** Writes to a file that nobody can find would silently be lost with the window. */
  #write(work: () => void): void {
    if (!this.#isInPlace()) {
      throw new StoreMovedError();
    }
    this.#statements.atOnce(work);
  }

  #insert(conversationId: string, message: Message): void {
    const pending = message.role === 'assistant' && message.answer.outcome.state === 'pending';
    this.#statements
      .of(
        `INSERT INTO message (id, conversation_id, parent_id, role, created_at, owner, answer)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        message.id,
        conversationId,
        message.parentId ?? null,
        message.role,
        message.createdAt,
        pending ? this.#owners.self : null,
        message.role === 'assistant' ? JSON.stringify(message.answer) : null,
      );
    message.parts.forEach((part, position) => {
      const { text, data } = toPartColumns(part);
      this.#statements
        .of('INSERT INTO part (message_id, position, type, text, data) VALUES (?, ?, ?, ?, ?)')
        .run(message.id, position, part.type, text, data);
    });
    this.#touch(conversationId);
  }

  /** The messages of a conversation, without those that cannot be read; those are counted, and so are lone parts. */
  #messages(conversationId: string): Pick<Conversation, 'messages' | 'unreadable'> {
    const parts = this.#partRows(conversationId);
    const rows = this.#statements
      .of(
        `SELECT id, parent_id, role, ${asMoment('created_at')}, owner, answer
       FROM message WHERE conversation_id = ? ORDER BY sequence`,
      )
      .all(conversationId);
    const messages: Message[] = [];
    const parents = new Map<string, string | null>();
    const later = new Set(rows.map(({ id }) => String(id)));
    let unreadable = 0;
    for (const each of rows) {
      const { data: row } = messageRow.safeParse(each);
      const lost = row !== undefined && row.owner !== null && !this.#owners.isAlive(row.owner);
      const read = row && fromMessageRow(row, parts.get(row.id) ?? [], lost);
      if (read) {
        // One that follows itself, or what came later, would be in no branch.
        const isLost = later.has(read.message.parentId ?? '');
        messages.push(isLost ? withoutParent(read.message) : withReadableParent(read.message, parents));
        unreadable += read.unreadable + (isLost ? 1 : 0);
      } else {
        parents.set(String(each['id']), row?.parent_id ?? null);
        unreadable += 1;
      }
      later.delete(String(each['id']));
    }
    return { messages, ...(unreadable > 0 && { unreadable }) };
  }

  #partRows(conversationId: string): ReadonlyMap<string, readonly z.infer<typeof partRow>[]> {
    const parts = new Map<string, z.infer<typeof partRow>[]>();
    const rows = this.#statements
      .of(
        `SELECT part.message_id, part.type, part.text, part.data
       FROM part JOIN message ON message.id = part.message_id
       WHERE message.conversation_id = ? ORDER BY message.sequence, part.position`,
      )
      .all(conversationId);
    for (const row of rows.map((each) => partRow.parse(each))) {
      const list = parts.get(row.message_id) ?? [];
      list.push(row);
      parts.set(row.message_id, list);
    }
    return parts;
  }

  /** Records a change. A chat that continues isn't deleted. */
  #touch(conversationId: string): void {
    this.#statements
      .of('UPDATE conversation SET updated_at = ?, revision = revision + 1, removed_at = NULL WHERE id = ?')
      .run(this.#now(), conversationId);
  }
}

function withoutParent({ parentId: _parentId, ...message }: Message): Message {
  return message;
}

/** What followed a message that cannot be read follows what that one followed. */
function withReadableParent(message: Message, parents: ReadonlyMap<string, string | null>): Message {
  const { parentId, ...others } = message;
  const parent = parents.get(parentId ?? '');
  return parent === undefined ? message : { ...others, ...(parent !== null && { parentId: parent }) };
}
