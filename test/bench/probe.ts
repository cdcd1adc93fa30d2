import { readFile, rm, watch } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { Editor, RunningEditor } from './editor.ts';

/** Starting, loading everything, and half a minute for the memory. */
const limitMs = 90_000;

/** Milliseconds that VS Code itself has measured of an extension. */
export interface StartUp {
  readonly load: number;
  readonly activate: number;
  /** Load, call of `activate`, and what that promised. */
  readonly total: number;
}

const found = z.union([
  z.object({ rows: z.string() }),
  z.object({ memory: z.number() }),
  z.object({ problem: z.string() }),
]);

type Found = z.infer<typeof found>;

/** What is measured: which extension, and in which environment. */
export interface Probed {
  readonly extension: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts an editor once; gives the start-up times of every extension. */
export async function startUpTimes(editor: Editor, probed: Probed): Promise<ReadonlyMap<string, StartUp>> {
  const { answer } = await begin(editor, probed, 'startUp');
  const result = await answer;
  if (!('rows' in result)) {
    throw new Error(`no start-up times: ${JSON.stringify(result)}`);
  }
  return new Map(result.rows.split('\n').flatMap(readRow));
}

/** Starts an editor once; resolves, after some seconds, with the promise of its extension host's memory in MB. */
export async function hostMemory(editor: Editor, probed: Probed): Promise<{ megabytes: Promise<number> }> {
  const { answer } = await begin(editor, probed, 'memory');
  const megabytes = answer.then((result) => {
    if (!('memory' in result)) {
      throw new Error(`no memory was read: ${JSON.stringify(result)}`);
    }
    return result.memory;
  });
  // Whoever waits is told of a failure; until then it is not an unhandled one.
  megabytes.catch(() => undefined);
  return { megabytes };
}

async function begin(
  editor: Editor,
  { extension, env }: Probed,
  wanted: 'startUp' | 'memory',
): Promise<{ answer: Promise<Found> }> {
  const file = join(editor.folder, 'probe.json');
  await rm(file, { force: true });
  const order = JSON.stringify({ extension, file, wanted });
  const appears = whenThere(file);
  const running = await editor.start({ ...env, SWITCHBOARD_PROBE: order });
  return { answer: read(running, file, appears) };
}

async function read(running: RunningEditor, file: string, appears: Promise<void>): Promise<Found> {
  try {
    await appears;
    return found.parse(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await running.close();
  }
}

/** Resolves when the file is there. */
async function whenThere(file: string): Promise<void> {
  for await (const { filename } of watch(dirname(file), { signal: AbortSignal.timeout(limitMs) })) {
    if (filename === basename(file)) {
      return;
    }
  }
}

/** One row: extension, eager, load, call of `activate`, its promise, and more. */
function readRow(row: string): readonly (readonly [string, StartUp])[] {
  const [, id = '', , ...cells] = row.split('|').map((cell) => cell.trim());
  const [load, activate, finish] = cells.slice(0, 3).map(Number);
  if (load === undefined || activate === undefined || finish === undefined || Number.isNaN(load)) {
    return [];
  }
  return [[id, { load, activate, total: load + activate + finish }]];
}
