import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import { isTooDeep, parseJson } from '../../core/util/json.ts';
import { flatAnswer, fromFlatAnswer } from './flatAnswer.ts';
import { toPartColumns } from './storedPart.ts';

const wordsRow = z.object({ type: z.enum(['text', 'reasoning']), text: z.string() });

/** Makes lists of parts of all answers. One that cannot be read stays as it is: it does not keep the others back. */
export function putAnswersIntoParts(database: DatabaseSync): void {
  const answers = database.prepare('SELECT id, answer FROM message WHERE answer IS NOT NULL').all();
  const words = database.prepare('SELECT type, text FROM part WHERE message_id = ? ORDER BY position');
  const save = database.prepare('UPDATE message SET answer = ? WHERE id = ?');
  const forget = database.prepare('DELETE FROM part WHERE message_id = ?');
  const add = database.prepare(
    'INSERT INTO part (message_id, position, type, text, data) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { id, answer: json } of answers) {
    const messageId = String(id);
    const read = parseJson(String(json));
    const saved = flatAnswer.safeParse(isTooDeep(read) ? undefined : read);
    const said = z.array(wordsRow).safeParse(words.all(messageId));
    if (!saved.success || !said.success) {
      continue;
    }
    const { answer, parts } = fromFlatAnswer(saved.data, said.data);
    save.run(JSON.stringify(answer), messageId);
    forget.run(messageId);
    parts.forEach((part, position) => {
      const { text, data } = toPartColumns(part);
      add.run(messageId, position, part.type, text, data);
    });
  }
}
