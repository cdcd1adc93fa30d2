import { Console } from 'node:console';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bursts, longBursts, questions } from '../test/bench/chat.ts';
import { chatArchive } from '../test/bench/chatArchive.ts';
import { openChatList } from '../test/bench/chatList.ts';
import { clientStream } from '../test/bench/clientStream.ts';
import { editsOfLongDocument } from '../test/bench/edits.ts';
import { progress, type Figure } from '../test/bench/figure.ts';
import { openLongChats, streamIntoLongChat } from '../test/bench/longChats.ts';
import { markdownStream } from '../test/bench/markdownStream.ts';
import { pickModels } from '../test/bench/modelPicker.ts';
import { longBurst } from '../test/bench/panelBurst.ts';
import { panelMemory } from '../test/bench/panelMemory.ts';
import { steadyStream } from '../test/bench/panelRate.ts';
import { spoiltEdits } from '../test/bench/spoiltEdits.ts';
import { reviewOfManyChanges } from '../test/bench/review.ts';
import { interactive } from '../test/bench/panelOpen.ts';
import { activationScript, pageSizes, vsixSize } from '../test/bench/sizes.ts';
import { memory, startUp } from '../test/bench/startUp.ts';
import { usage } from '../test/bench/usage.ts';
import { ensurePackage } from './package.ts';
import { cacheFolder } from './vscode/folders.ts';

/** Figures that are measured together, and how often when nobody says. */
interface Measurement {
  readonly figures: readonly string[];
  readonly runs: number;
  measure(vsix: string, runs: number): Promise<readonly Figure[]>;
}

const measurements: readonly Measurement[] = [
  { figures: ['vsix-size'], runs: 1, measure: async (vsix) => [await vsixSize(vsix)] },
  { figures: ['activation-script'], runs: 1, measure: async (vsix) => [await activationScript(vsix)] },
  { figures: ['page-panel', 'page-usage', 'page-model'], runs: 1, measure: pageSizes },
  {
    figures: ['markdown-stream', 'markdown-stream-20000'],
    runs: 5,
    measure: (_vsix, runs) => Promise.resolve(markdownStream(runs)),
  },
  {
    figures: ['edits-50000-lines'],
    runs: 7,
    measure: (_vsix, runs) => Promise.resolve(editsOfLongDocument(runs)),
  },
  {
    figures: ['edits-refused', 'edits-wrong'],
    runs: 1,
    measure: () => Promise.resolve(spoiltEdits()),
  },
  {
    figures: ['review-3000-open', 'review-accept-repaint', 'review-accept'],
    runs: 7,
    measure: reviewOfManyChanges,
  },
  {
    figures: ['client-20000-chunks', 'ten-streams', 'ten-streams-loop-p99'],
    runs: 5,
    measure: (_vsix, runs) => clientStream(runs),
  },
  {
    figures: ['search-100000', 'list-10000-chats'],
    runs: 5,
    measure: (_vsix, runs) => chatArchive(runs),
  },
  {
    figures: ['chat-500-stream', 'chat-500-stream-busy'],
    runs: 5,
    measure: (_vsix, runs) => streamIntoLongChat(runs),
  },
  {
    figures: ['chat-500-open', 'chat-2000-open', 'chat-2000-scroll-frame'],
    runs: 3,
    measure: (_vsix, runs) => openLongChats(runs),
  },
  {
    figures: ['usage-100000-open', 'ledger-write'],
    runs: 7,
    measure: (_vsix, runs) => usage(runs),
  },
  {
    figures: ['burst-20000', 'burst-20000-longest-task'],
    runs: 5,
    measure: (_vsix, runs) => longBurst(runs),
  },
  {
    figures: ['panel-memory'],
    runs: 3,
    measure: (_vsix, runs) => panelMemory(runs),
  },
  {
    figures: ['rate-100-lag', 'rate-100-busy'],
    runs: 3,
    measure: (_vsix, runs) => steadyStream(runs),
  },
  { figures: ['activate-call', 'load-and-activate'], runs: 7, measure: startUp },
  { figures: ['enter-to-request', 'first-token-to-text'], runs: 12, measure: questions },
  { figures: ['burst-5000', 'burst-longest-task'], runs: 7, measure: bursts },
  { figures: ['picker-open', 'picker-filter-keystroke'], runs: 9, measure: pickModels },
  {
    figures: ['burst-20000-editor', 'burst-20000-editor-longest-task'],
    runs: 5,
    measure: longBursts,
  },
  { figures: ['list-10000-open'], runs: 5, measure: openChatList },
  { figures: ['panel-interactive'], runs: 5, measure: interactive },
  { figures: ['host-memory'], runs: 5, measure: memory },
];

/** What is asked for on the command line. */
function readOptions(): { readonly only: ReadonlySet<string>; readonly runs: number | undefined } {
  const { values } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string' } } });
  const known = measurements.flatMap(({ figures }) => figures);
  const only = values.only?.split(',') ?? known;
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`no such figure: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  }
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  if (runs !== undefined && !(Number.isInteger(runs) && runs > 0)) {
    throw new Error('--runs takes a whole number above zero');
  }
  return { only: new Set(only), runs };
}

/** A package of its own for the whole run, because a build meanwhile would replace the one in `dist`. */
async function packageToMeasure(): Promise<string> {
  const folder = join(cacheFolder, 'bench');
  await mkdir(folder, { recursive: true });
  const vsix = join(folder, 'switchboard.vsix');
  await copyFile(await ensurePackage(), vsix);
  return vsix;
}

const { only, runs } = readOptions();
// Standard output is for the figures alone, one line of JSON each; what the set-up says goes elsewhere.
globalThis.console = new Console(process.stderr, process.stderr);
const vsix = await packageToMeasure();
for (const measurement of measurements) {
  const wanted = measurement.figures.filter((name) => only.has(name));
  if (wanted.length > 0) {
    progress(`── ${wanted.join(', ')}`);
    try {
      const figures = await measurement.measure(vsix, runs ?? measurement.runs);
      for (const figure of figures.filter(({ figure: name }) => only.has(name))) {
        process.stdout.write(`${JSON.stringify(figure)}\n`);
      }
    } catch (error) {
      // The other figures are still worth having.
      progress(`could not be measured: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
      process.exitCode = 1;
    }
  }
}
