import { wordShare } from './likeness.ts';

/** A line of a text that may belong to a key, within the quotes, comment marks and signs that it stands in. */
export interface KeyLine {
  /**
   * `key`: holds a run of Base64 that is no word. `tail`: nothing but one short run. `blank`: nothing, or a header of a
   * key. `other`: anything else.
   */
  readonly form: 'key' | 'tail' | 'blank' | 'other';
  /** The first and the last place of its Base64, if any. */
  readonly from: number;
  readonly to: number;
  /** Its only run of Base64, and what stands before it; line numbers are all the same. */
  readonly run: string;
  readonly lead: string;
}

/** Breaks lines also where a string has `\n`. */
const lineBreak = /\r\n|\n|\r|(?<!\\)\\{1,8}(?:r\\{1,8}n|n|r)/g;
const base64 = /[A-Za-z0-9+/]+={0,2}/g;
const header = /^[\s>+\-#/*;|"'`\d]{0,20}[A-Z][A-Za-z]{1,12}(?:-[A-Za-z0-9]{1,12}){0,4}: \S.{0,200}$/;
const wrapping = /^[\s>+\-#/*;|"'`,.()[\]{}\\:=&_\d]*$/;
const longRun = 24;
/** What stands around a key is short. */
const maxAround = 60;

/** The lines of a part of a text. */
export function keyLines(text: string, start: number, end: number): readonly KeyLine[] {
  const lines: KeyLine[] = [];
  let at = start;
  for (const { index, 0: found } of text.slice(start, end).matchAll(lineBreak)) {
    lines.push(toKeyLine(text.slice(at, start + index), at));
    at = start + index + found.length;
  }
  lines.push(toKeyLine(text.slice(at, end), at));
  return lines;
}

function toKeyLine(line: string, start: number): KeyLine {
  const made = line.length < longRun ? [] : longRunsOf(line);
  const [first, last] = [made[0], made.at(-1)];
  if (first && last) {
    const [from, end] = [first.index, last.index + last[0].length];
    const isOnly = made.length === 1 && line.length - last[0].length < maxAround;
    const lead = line.slice(Math.max(0, from - maxAround), from).replaceAll(/(?<! ) *\d+/g, '0');
    return { form: 'key', from: start + from, to: start + end, run: isOnly ? first[0] : '', lead };
  }
  const sample = line.slice(0, 300);
  const all = Array.from(sample.matchAll(base64)).filter(([run]) => /[A-Za-z0-9]/.test(run));
  const runs = all.length > 1 && /^\d{1,5}$/.test(all[0]?.[0] ?? '') ? all.slice(1) : all;
  const [run] = runs;
  if (!run || header.test(sample)) {
    const form = run || wrapping.test(sample) ? 'blank' : 'other';
    return { form, from: start, to: start + line.length, run: '', lead: '' };
  }
  const [from, end] = [run.index, run.index + run[0].length];
  const isAlone = runs.length === 1 && wrapping.test(sample.slice(0, from) + sample.slice(end));
  return {
    form: isAlone ? 'tail' : 'other',
    from: start + from,
    to: start + (isAlone ? end : line.length),
    run: '',
    lead: sample.slice(0, maxAround).replaceAll(/(?<! ) *\d+/g, '0'),
  };
}

function longRunsOf(line: string): readonly RegExpExecArray[] {
  return Array.from(line.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)).filter(([run]) => wordShare(run) < 0.6);
}
