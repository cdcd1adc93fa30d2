import { createInterface } from 'node:readline';
import { RequestError } from '../../src/core/model/requestError.ts';
import { aQuestion, clean } from './builders.ts';
import { openMoneyWindow } from './moneyWindow.ts';

/**
 * Another window with a limit for the day. For each number that it is told, it sends five questions at once with that
 * limit in micro-dollars, and says of each how it ended.
 */
const [folder = '', baseUrl = ''] = process.argv.slice(2);
let limit = 0;
const window = await openMoneyWindow({ folder, baseUrl, dayLimit: () => limit });

async function ask(): Promise<string> {
  const request = {
    model: 'anthropic/claude-sonnet-4.6',
    system: clean('Be brief.'),
    messages: [aQuestion('Why?')],
    maxTokens: 500,
  };
  try {
    for await (const _event of window.chat.stream(request, new AbortController().signal)) {
      // Only the end matters.
    }
    return 'done';
  } catch (error) {
    return error instanceof RequestError ? error.kind : String(error);
  }
}

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  limit = Number(line);
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      process.stdout.write(`${await ask()}\n`);
    }),
  );
}
window.dispose();
