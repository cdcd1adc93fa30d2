import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { textOf, type AssistantMessage, type Message } from '../../src/core/conversation/message.ts';
import { openStore } from '../../src/host/store/openStore.ts';

const program = fileURLToPath(new URL('../support/doomedWindow.ts', import.meta.url));
const kills = 50;
/** More than there are cores: a window that streams mostly waits. */
const windowsAtOnce = 6;
/** Fifty processes take their time to begin on a busy machine. */
const timeoutMs = 90_000;

/** What may be lost: all that was shown in so many milliseconds, and never more than so many characters. */
const lostMs = 1_000;
const lostCharacters = 1_024;

/** A word that a window has shown: which of which answer, and when. */
const shownWord = z.object({ answer: z.number(), words: z.number(), at: z.number() });
type ShownWord = z.infer<typeof shownWord>;

/** When a window dies: once it has shown so many words of this answer. Wide words are saved by size, others by time. */
const moments = fc.record({
  answer: fc.constantFrom(0, 0, 0, 1),
  words: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 450 })),
  width: fc.constantFrom(1, 1, 12),
});

describe('a window that is killed', () => {
  it(`${kills} times while it streams loses no more than the last second`, async () => {
    const waiting = fc.sample(moments, kills).values();
    const killWaiting = async (): Promise<void> => {
      for (const moment of waiting) {
        await inFolder(async (folder) => {
          const texts = [answerOf(moment.answer === 0 ? 3_000 : 20, moment.width), answerOf(3_000, 1)];
          const shown = await killAtWord(start(folder, texts), moment);
          assertKept(folder, texts, shown, `killed at ${JSON.stringify(moment)}`);
        });
      }
    };
    await Promise.all(Array.from({ length: windowsAtOnce }, killWaiting));
  }).timeout(timeoutMs);

  it('while it makes the file leaves one that the next window opens', async () => {
    // Making the file and saving the first question change the folder about so often.
    const waiting = Array.from({ length: 24 }, (_, at) => at + 1).values();
    const killWaiting = async (): Promise<void> => {
      for (const changes of waiting) {
        await inFolder(async (folder) => {
          const texts = [answerOf(3_000, 1)];
          const shown = await killAtChange(start(folder, texts), folder, changes);
          assertKept(folder, texts, shown, `killed at change ${changes} of the folder`);
        });
      }
    };
    await Promise.all([killWaiting(), killWaiting()]);
  }).timeout(timeoutMs);
});

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** So many different words. */
function answerOf(words: number, width: number): string {
  return Array.from({ length: words }, (_, at) => `${String(at).padStart(width, '.')} `).join('');
}

function start(folder: string, texts: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, folder, ...texts], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Kills a window as soon as it says that it has shown a word; gives all that it had said by then. */
async function killAtWord(
  child: ChildProcess,
  { answer, words }: Pick<ShownWord, 'answer' | 'words'>,
): Promise<readonly ShownWord[]> {
  const ended = once(child, 'close');
  const shown: ShownWord[] = [];
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) {
    const word = shownWord.parse(JSON.parse(line));
    shown.push(word);
    if (word.answer === answer && word.words === words) {
      child.kill('SIGKILL');
    }
  }
  assert.deepEqual(await ended, [null, 'SIGKILL']);
  return shown;
}

/** Kills a window at a change of its folder, or at its first word if that comes before. */
async function killAtChange(
  child: ChildProcess,
  folder: string,
  changes: number,
): Promise<readonly ShownWord[]> {
  let seen = 0;
  const watcher = watch(folder, () => {
    seen += 1;
    if (seen === changes) {
      child.kill('SIGKILL');
    }
  });
  try {
    return await killAtWord(child, { answer: 0, words: 1 });
  } finally {
    watcher.close();
  }
}

/** The next window opens the file, and finds in it what the one that died has shown. */
function assertKept(
  folder: string,
  texts: readonly string[],
  shown: readonly ShownWord[],
  when: string,
): void {
  const opened = openStore(folder, Date.now);
  const { store, archive, opening } = opened;
  try {
    assert.deepEqual(opening, { state: 'opened' }, when);
    assertSound(folder, when);
    const [chat] = archive.list(9);
    const messages = (chat && store.load(chat.id)?.messages) ?? [];
    const last = shown.at(-1);
    for (let answer = 0; last && answer <= last.answer; answer += 1) {
      const [question, reply] = messages.slice(2 * answer);
      assert.equal(question && textOf(question), `Question ${answer}`, when);
      assertAnswerKept(reply, texts[answer] ?? '', answer < last.answer ? 'done' : 'interrupted', when);
      const recent = shown.filter((word) => word.answer === answer && word.at > last.at - lostMs).length;
      const all = shown.filter((word) => word.answer === answer).length;
      const kept = reply ? textOf(reply) : '';
      const due = wordsOf(texts[answer] ?? '', all - recent);
      assert.ok(kept.length >= due.length, `${when}, it lacks ${due.length - kept.length} characters`);
      const lost = wordsOf(texts[answer] ?? '', all).length - kept.length;
      assert.ok(lost < lostCharacters, `${when}, it lost ${lost} characters`);
    }
    store.create({ id: 'new', title: 'works', createdAt: 1, messages: [] });
    assert.equal(store.load('new')?.title, 'works', when);
  } finally {
    opened.dispose();
  }
}

function assertSound(folder: string, when: string): void {
  const database = new DatabaseSync(join(folder, 'chats.sqlite'));
  const verdict = database.prepare('PRAGMA integrity_check').all();
  database.close();
  assert.deepEqual(
    verdict.map((row) => row['integrity_check']),
    ['ok'],
    when,
  );
}

function assertAnswerKept(
  reply: Message | undefined,
  sent: string,
  state: AssistantMessage['answer']['outcome']['state'],
  when: string,
): void {
  assert.ok(reply?.role === 'assistant', when);
  assert.equal(reply.answer.outcome.state, state, when);
  const kept = textOf(reply);
  assert.equal(kept, state === 'done' ? sent : sent.slice(0, kept.length), when);
}

/** The first words of a text. */
function wordsOf(text: string, count: number): string {
  return (text.match(/\S+ /g) ?? []).slice(0, count).join('');
}
