import { t } from '@vscode/l10n';
import { formatCost, type PicoDollars } from '../../core/money/money.ts';
import type { Finding } from '../../core/prompts/reviewCode.ts';
import { formatNumber } from '../platform/formats.ts';

/** A review's result. */
export interface ReviewResult {
  /** What was reviewed, for example `cart.ts` or `3 files`. */
  readonly subject: string;
  readonly summary: string;
  /** How many problems are shown. */
  readonly placed: number;
  /** Findings without a place. */
  readonly unplaced: readonly Finding[];
  /** What was skipped, each with its reason. */
  readonly leftOut: readonly string[];
  readonly cost?: PicoDollars | undefined;
}

/** A finding with its place, as a path with lines. */
export interface PlacedFinding extends Finding {
  readonly place: string;
}

/** How much of the model's summary a notification shows, in characters. */
const maxSummaryLength = 200;
const maxFindingLength = 120;

/** How many findings without a place and skipped files a notification names. */
const maxNamed = 5;

/** The notification's text. */
export function reviewWords({ subject, summary, placed, unplaced, leftOut, cost }: ReviewResult): string {
  const count = placed + unplaced.length;
  const paid = cost === undefined ? '' : ` (${formatCost(cost)})`;
  const findings = unplaced.map((finding) => cut(findingWords(finding), maxFindingLength));
  return [
    foundWords(count, subject, paid),
    cut(summary, maxSummaryLength),
    findings.length === 0 ? '' : t('Without a location: {0}', findingList(findings)),
    leftOut.length === 0 ? '' : t('Skipped: {0}', fileList(leftOut)),
  ]
    .filter((words) => words !== '')
    .map((words) => (/[.!?…。！？]$/.test(words) ? words : t('{0}.', words)))
    .join(' ');
}

/** The summary in the chat: all findings, with links to their lines. */
export function reviewMarkdown(
  { summary, unplaced, leftOut }: ReviewResult,
  placed: readonly PlacedFinding[],
): string {
  const found = placed.map(
    ({ place, severity, message }) => `\`${place}\` **${severityWords(severity)}:** ${oneLine(message)}`,
  );
  return [
    summary.trim() === '' ? t('No findings.') : summary.trim(),
    list(found),
    section(t('Findings without a location'), unplaced.map(findingWords)),
    section(t('Skipped'), leftOut),
  ]
    .filter((words) => words !== '')
    .join('\n\n');
}

function findingWords({ file, startLine, severity, message }: Finding): string {
  return oneLine(`${file}:${String(startLine)}: ${severityWords(severity)}: ${message}`);
}

function severityWords(severity: Finding['severity']): string {
  switch (severity) {
    case 'error':
      return t('error');
    case 'warning':
      return t('warning');
    case 'info':
      return t('info');
    case 'hint':
      return t('hint');
    default:
      return severity satisfies never;
  }
}

function foundWords(count: number, subject: string, paid: string): string {
  if (count === 0) {
    return t('No findings in {0}{1}.', subject, paid);
  }
  return count === 1
    ? t('1 finding in {0}{1}.', subject, paid)
    : t('{0} findings in {1}{2}.', count, subject, paid);
}

function findingList(all: readonly string[]): string {
  const named = all.slice(0, maxNamed).join('; ');
  return all.length > maxNamed ? t('{0}; and {1} more', named, formatNumber(all.length - maxNamed)) : named;
}

function fileList(all: readonly string[]): string {
  const named = all.slice(0, maxNamed).join(', ');
  return all.length > maxNamed ? t('{0}, and {1} more', named, formatNumber(all.length - maxNamed)) : named;
}

function section(heading: string, all: readonly string[]): string {
  return all.length === 0 ? '' : `**${heading}**\n\n${list(all)}`;
}

function list(all: readonly string[]): string {
  return all.map((each) => `- ${each}`).join('\n');
}

function cut(text: string, length: number): string {
  const words = oneLine(text);
  return words.length > length ? `${words.slice(0, length).trimEnd()}…` : words;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
