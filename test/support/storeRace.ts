import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { openDatabase } from '../../src/host/store/database.ts';

/**
 * One of several windows that open the same files at the same moment. `gates` counts, for each file, who is ready to
 * open it; the window says what it found.
 */
const { files, gates, windows } = z
  .object({ files: z.array(z.string()), gates: z.instanceof(Int32Array), windows: z.number() })
  .parse(workerData);
const databases = files.map((file, index) => {
  let ready = Atomics.add(gates, index, 1) + 1;
  Atomics.notify(gates, index);
  while (ready < windows) {
    Atomics.wait(gates, index, ready);
    ready = Atomics.load(gates, index);
  }
  const { database, opening } = openDatabase(file, index);
  parentPort?.postMessage(opening.state);
  return database;
});
for (const database of databases) {
  database.close();
}
