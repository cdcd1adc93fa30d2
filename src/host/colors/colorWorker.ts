import { parentPort, workerData } from 'node:worker_threads';
import type { ColorRequest } from '../../protocol/codeColors.ts';
import { ColorReader } from './colorReader.ts';
import type { CodeTheme } from './themeRules.ts';
import { Tokenizer } from './tokenizer.ts';

// Runs in a worker thread, because grammars are slow to load. Both ends of its channel are ours.
const reader = new ColorReader(new Tokenizer(workerData as CodeTheme));
let turn = Promise.resolve();
parentPort?.on('message', (message: ColorRequest | 'clear') => {
  turn = turn.then(async () => {
    if (message === 'clear') {
      reader.clear();
    } else {
      parentPort?.postMessage(await reader.answer(message));
    }
  });
});
