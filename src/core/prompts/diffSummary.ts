/** The changes in one file; without a diff if there are too many files. */
export interface FileDiff {
  readonly path: string;
  readonly diff?: string;
  /** Only named and counted. */
  readonly isHidden?: boolean;
}

/** How much of the diffs is sent to a model, in characters. */
export interface DiffBounds {
  readonly perFile: number;
  readonly inAll: number;
}

/** A shorter excerpt says nothing about its file. */
const minPartLength = 200;

/** More files than this are only counted. */
const maxNamed = 200;

/**
 * All diffs in one text: whole or cut after a line, as far as they fit, then the names of the others with their line
 * counts.
 */
export function summarizeDiffs(files: readonly FileDiff[], { perFile, inAll }: DiffBounds): string {
  const shown: string[] = [];
  const named: string[] = [];
  let left = inAll;
  for (const { path, diff, isHidden } of files) {
    const text = diff?.trimEnd();
    const part = text === undefined || isHidden ? undefined : cutAfterLine(text, Math.min(perFile, left));
    if (part === undefined) {
      named.push(text === undefined ? path : `${path} (${countWords(text)})`);
    } else {
      left -= part.length;
      shown.push(part);
    }
  }
  const beyond = named.length - maxNamed;
  const names = [...named.slice(0, maxNamed), ...(beyond > 0 ? [`and ${String(beyond)} more`] : [])];
  const list = names.length === 0 ? [] : [['Also changed, not shown:', ...names].join('\n')];
  return [...shown.filter((part) => part !== ''), ...list].join('\n');
}

/** As many whole lines as fit, and how many are left; absent if too few fit. */
function cutAfterLine(text: string, most: number): string | undefined {
  if (text.length <= most) {
    return text;
  }
  if (most < minPartLength) {
    return undefined;
  }
  const end = text.lastIndexOf('\n', most);
  if (end < minPartLength / 2) {
    return undefined;
  }
  const rest = text.slice(end + 1).split('\n').length;
  return `${text.slice(0, end)}\n… (${String(rest)} more lines; in all ${countWords(text)})`;
}

/** `+12 −3`: added and removed lines. */
function countWords(diff: string): string {
  let [added, removed, inHunk] = [0, 0, false];
  for (const line of diff.split('\n')) {
    inHunk ||= line.startsWith('@@');
    added += inHunk && line.startsWith('+') ? 1 : 0;
    removed += inHunk && line.startsWith('-') ? 1 : 0;
  }
  return `+${String(added)} −${String(removed)}`;
}

/** An untracked file as Git would show it. */
export function newFileDiff(path: string, text: string): string {
  const lines = text.replace(/\r?\n$/, '').split('\n');
  return [
    `diff --git a/${path} b/${path}`,
    'new file',
    '--- /dev/null',
    `+++ b/${path}`,
    `@@ -0,0 +1,${String(lines.length)} @@`,
    ...lines.map((line) => `+${line}`),
  ].join('\n');
}
