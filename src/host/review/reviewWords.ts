import { formatCost, type MicroDollars } from '../../core/model/money.ts';
import type { Finding } from '../../core/prompts/reviewCode.ts';

/** What a review has come to. */
export interface ReviewResult {
  /** What was reviewed, for example `cart.ts` or `3 files`. */
  readonly subject: string;
  readonly summary: string;
  /** How many problems are shown. */
  readonly placed: number;
  /** Findings whose place is not known. */
  readonly unplaced: readonly Finding[];
  /** What did not go with the question, each with the reason. */
  readonly leftOut: readonly string[];
  readonly cost?: MicroDollars | undefined;
}

/** So much of the model's own words stands in a notification; in characters. */
const longestSummary = 200;
const longestFinding = 120;

/** So many findings without a place, and files that were left out, are named in a notification. */
const mostNamed = 5;

/** The words of the notification. */
export function reviewWords({ subject, summary, placed, unplaced, leftOut, cost }: ReviewResult): string {
  const count = placed + unplaced.length;
  const found = count === 0 ? 'No findings' : count === 1 ? '1 finding' : `${String(count)} findings`;
  const paid = cost === undefined ? '' : ` (${formatCost(cost)})`;
  const findings = unplaced.map((finding) => cut(findingWords(finding), longestFinding));
  return [
    `${found} in ${subject}${paid}`,
    cut(summary, longestSummary),
    list('Without a place in the code', findings, '; '),
    list('Left out', leftOut, ', '),
  ]
    .filter((words) => words !== '')
    .map((words) => (/[.!?…]$/.test(words) ? words : `${words}.`))
    .join(' ');
}

/** Everything that a notification may have no room for, as Markdown. */
export function reviewDetails({ subject, summary, unplaced, leftOut }: ReviewResult): string {
  return [
    `# Review of ${subject}`,
    summary.trim(),
    section('Findings without a place in the code', unplaced.map(findingWords)),
    section('Left out', leftOut),
  ]
    .filter((words) => words !== '')
    .join('\n\n')
    .concat('\n');
}

function findingWords({ file, startLine, severity, message }: Finding): string {
  return oneLine(`${file}:${String(startLine)}: ${severity}: ${message}`);
}

function list(heading: string, all: readonly string[], separator: string): string {
  if (all.length === 0) {
    return '';
  }
  const more = all.length > mostNamed ? `${separator}and ${String(all.length - mostNamed)} more` : '';
  return `${heading}: ${all.slice(0, mostNamed).join(separator)}${more}`;
}

function section(heading: string, all: readonly string[]): string {
  return all.length === 0 ? '' : `## ${heading}\n\n${all.map((each) => `- ${each}`).join('\n')}`;
}

function cut(text: string, length: number): string {
  const words = oneLine(text);
  return words.length > length ? `${words.slice(0, length).trimEnd()}…` : words;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
