import { extensionId } from '../../src/host/platform/contributions.ts';
import { simulatorKey, startSimulator } from '../simulator/simulator.ts';
import { idOf, packageOf } from './benchExtension.ts';
import { Editor } from './editor.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';
import { hostMemory, startUpTimes, type Probed, type StartUp } from './probe.ts';

/** An extension that VS Code brings and starts in the same way; what is usual, measured in the same starts. */
const usual = 'vscode.git';

/** Two editors that differ in one extension: ours in the one, an empty one in the other. */
interface Pair {
  readonly editors: { readonly ours: Editor; readonly empty: Editor };
  readonly probed: { readonly ours: Probed; readonly empty: Probed };
  close(): Promise<void>;
}

/** What ours adds to the start of an editor: the call of `activate` alone, and all of it. */
export async function startUp(vsix: string, runs: number): Promise<readonly Figure[]> {
  const pair = await makePair(vsix);
  const [ours, git, empty]: [StartUp[], StartUp[], StartUp[]] = [[], [], []];
  try {
    // The first start after an installation fills caches; everyday starts come after it.
    await startUpTimes(pair.editors.ours, pair.probed.ours);
    await startUpTimes(pair.editors.empty, pair.probed.empty);
    for (let run = 1; run <= runs; run += 1) {
      const times = await startUpTimes(pair.editors.ours, pair.probed.ours);
      ours.push(rowOf(times, extensionId));
      git.push(rowOf(times, usual));
      const others = await startUpTimes(pair.editors.empty, pair.probed.empty);
      empty.push(rowOf(others, idOf('empty')));
      progress(`start ${run}: ours ${inWords(ours)}; empty ${inWords(empty)}`);
    }
  } finally {
    await pair.close();
  }
  const total = (rows: readonly StartUp[]): number => median(rows.map((row) => row.total));
  const activate = (rows: readonly StartUp[]): number => median(rows.map((row) => row.activate));
  return [
    toFigure({
      figure: 'activate-call',
      value: activate(ours),
      unit: 'ms',
      comparison: { what: 'activate() of the Git extension in VS Code', value: activate(git) },
      limit: 10,
      runs,
    }),
    toFigure({
      figure: 'load-and-activate',
      value: total(ours) - total(empty),
      unit: 'ms',
      comparison: { what: 'an empty extension; the value is what ours takes more', value: total(empty) },
      limit: 20,
      runs,
    }),
  ];
}

/** What ours adds to the memory of the extension host, half a minute after its start. */
export async function memory(vsix: string, runs: number): Promise<readonly Figure[]> {
  const pair = await makePair(vsix);
  const [ours, empty]: [number[], number[]] = [[], []];
  try {
    for (let run = 1; run <= runs; run += 1) {
      // At the same time, because they only wait; started one after the other, so that they do not compete.
      const first = await hostMemory(pair.editors.ours, pair.probed.ours);
      const second = await hostMemory(pair.editors.empty, pair.probed.empty);
      const [more, less] = await Promise.all([first.megabytes, second.megabytes]);
      ours.push(more);
      empty.push(less);
      progress(`memory ${run}: ours ${more.toFixed(1)} MB; empty ${less.toFixed(1)} MB`);
    }
  } finally {
    await pair.close();
  }
  return [
    toFigure({
      figure: 'host-memory',
      value: median(ours.map((megabytes, run) => megabytes - (empty[run] ?? 0))),
      unit: 'MB',
      comparison: {
        what: 'the extension host with an empty extension; the value is what ours takes more',
        value: median(empty),
      },
      limit: 15,
      runs,
    }),
  ];
}

async function makePair(vsix: string): Promise<Pair> {
  const simulator = await startSimulator();
  const probe = await packageOf('probe');
  const settings = { 'switchboard.baseUrl': simulator.baseUrl };
  // The same settings and environment for both, so that nothing else can differ.
  const ours = await Editor.make({ vsixes: [vsix, probe], settings });
  const empty = await Editor.make({ vsixes: [await packageOf('empty'), probe], settings });
  const env = { OPENROUTER_API_KEY: simulatorKey };
  return {
    editors: { ours, empty },
    probed: { ours: { extension: extensionId, env }, empty: { extension: idOf('empty'), env } },
    close: async () => {
      await Promise.all([ours.dispose(), empty.dispose(), simulator.close()]);
    },
  };
}

function rowOf(times: ReadonlyMap<string, StartUp>, id: string): StartUp {
  const row = times.get(id);
  if (!row) {
    throw new Error(`the editor has no start-up times of ${id}`);
  }
  return row;
}

function inWords(rows: readonly StartUp[]): string {
  const { load, activate, total } = rows.at(-1) ?? { load: 0, activate: 0, total: 0 };
  return `load ${load}, activate ${activate}, all ${total} ms`;
}
