import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeEdits, applyEdits } from '../../src/core/edits/fileEdits.ts';
import { root } from '../../scripts/vscode/folders.ts';
import {
  editsBetween,
  faults,
  seeded,
  type ExactEdit,
  type Fault,
  type SpoiltEdit,
} from '../support/spoiltEdits.ts';
import { progress, toFigure, type Figure } from './figure.ts';

/** The repository's own files and those of the packages it installs, in several languages. */
const material = [
  'src/**/*.{ts,tsx,css}',
  'test/unit/**/*.ts',
  '*.md',
  'node_modules/{zod,marked,openai,diff}/**/*.{js,ts,md}',
  'node_modules/**/*.{py,sh,c,h,go,yml}',
];

const filesOfEach = 60;
const editsOfEach = 4;

interface Case extends ExactEdit {
  readonly file: string;
}

interface Score {
  cases: number;
  right: number;
  wrong: number;
}

/** How many edits land that models spoil in all known ways, and how many in the wrong place. */
export function spoiltEdits(): readonly Figure[] {
  const random = seeded(2_026);
  const cases = material.flatMap((pattern) => casesOf(pattern, random));
  progress(`edits: ${String(cases.length)} changes, each spoilt in ${String(faults.length)} ways`);
  const scores = faults.map((fault) => ({ fault, ...scoreOf(fault, cases, random, land) }));
  for (const { fault, cases: all, right, wrong } of scores) {
    progress(
      `${fault.name.padEnd(36)} ${String(all).padStart(6)} ${percent(right, all)} % right, ${String(wrong)} wrong`,
    );
  }
  const plain = faults
    .filter(({ isPlain }) => isPlain)
    .map((fault) => scoreOf(fault, cases, random, landExactly));
  const ours = scores.filter(({ fault }) => fault.isPlain);
  return [
    figure('edits-refused', 'the same edits, taken as they stand', {
      limit: 3,
      ours: share(ours, ({ cases: all, right }) => all - right),
      other: share(plain, ({ cases: all, right }) => all - right),
    }),
    figure('edits-wrong', 'the same edits, taken as they stand', {
      limit: 0.2,
      ours: share(scores, ({ wrong }) => wrong),
      other: share(plain, ({ wrong }) => wrong),
    }),
  ];
}

function figure(
  name: string,
  what: string,
  { ours, other, limit }: { readonly ours: number; readonly other: number; readonly limit: number },
): Figure {
  return toFigure({
    figure: name,
    value: ours,
    unit: '%',
    comparison: { what, value: other },
    limit,
    runs: 1,
  });
}

function share(scores: readonly Score[], count: (score: Score) => number): number {
  const all = scores.reduce((sum, { cases }) => sum + cases, 0);
  return (100 * scores.reduce((sum, score) => sum + count(score), 0)) / all;
}

function percent(part: number, all: number): string {
  return (all === 0 ? 100 : (100 * part) / all).toFixed(1).padStart(5);
}

function casesOf(pattern: string, random: () => number): readonly Case[] {
  const files = globSync(pattern, { cwd: root }).sort();
  return Array.from(
    { length: Math.min(filesOfEach, files.length) },
    () => files[Math.floor(random() * files.length)] ?? '',
  )
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n') }))
    .filter(({ text }) => text.length > 300 && text.length < 60_000)
    .flatMap(({ file, text }) =>
      Array.from({ length: editsOfEach }, () => {
        const context = [0, 1, 3, 3][Math.floor(random() * 4)] ?? 3;
        return editsBetween(text, changed(text, random), context).map((edit) => ({ ...edit, file }));
      }).flat(),
    );
}

/** A text with a few lines in one place renamed in, left out, or added. */
function changed(text: string, random: () => number): string {
  const lines = text.split('\n');
  const at = Math.floor(random() * (lines.length - 3));
  const count = Math.min(1 + Math.floor(random() * 4), lines.length - 2 - at);
  const here = lines.slice(at, at + count);
  const renamed = here.map((line) =>
    line.replace(/[A-Za-z]{4,}/, (word) => `${word}${random() < 0.5 ? 'Next' : ''}`),
  );
  const indent = /^[ \t]*/.exec(here[0] ?? '')?.[0] ?? '';
  const added = [`${indent}prepare(${String(at)});`, `${indent}report('changed ${String(count)}');`];
  const by = [renamed, [], [...here, ...added], [...renamed, ...added], [...added, ...here.slice(1)]][
    Math.floor(random() * 5)
  ];
  return lines.toSpliced(at, count, ...(by ?? [])).join('\n');
}

function scoreOf(
  { spoil }: Fault,
  cases: readonly Case[],
  random: () => number,
  make: (edit: SpoiltEdit, file: string) => string | undefined,
): Score {
  const score = { cases: 0, right: 0, wrong: 0 };
  for (const each of cases) {
    const spoilt = spoil(each, random);
    if (!spoilt) {
      continue;
    }
    const made = make(spoilt, each.file);
    score.cases += 1;
    score.right += made === spoilt.wanted ? 1 : 0;
    score.wrong += made !== undefined && made !== spoilt.wanted ? 1 : 0;
  }
  return score;
}

function land({ text, search, replace, startLine }: SpoiltEdit, file: string): string | undefined {
  const result = placeEdits(text, [{ file, search, replace, startLine, reason: '' }]);
  return result.state === 'placed' ? applyEdits(text, result.placements) : undefined;
}

/** What a tool does that looks the text up. */
function landExactly({ text, search, replace }: SpoiltEdit): string | undefined {
  const [before, after, other] = text.split(search);
  return before === undefined || after === undefined || other !== undefined
    ? undefined
    : before + replace + after;
}
