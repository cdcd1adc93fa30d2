/** Whether a file that an answer names may be edited: its clean path below the workspace, or why not. */
export type EditPath =
  | { readonly state: 'allowed'; readonly path: string }
  | { readonly state: 'refused'; readonly why: PathRefusal };

/** Why a file may not be edited. */
export type PathRefusal =
  /** It names nothing, or a folder. */
  | 'noFile'
  /** From the root of a disk, of a network share or of someone's home. */
  | 'absolute'
  /** It leads out of the workspace, or may on some system. */
  | 'outside'
  /** A colon: a drive, a URL or a second stream of a file. */
  | 'colon'
  | 'backslash'
  /** Characters that nobody sees, or that stand for others. */
  | 'character'
  /** What Git keeps for itself: a hook there is a program that runs by itself. */
  | 'git';

/**
 * Decides by its name alone whether a file may be edited. Names are refused rather than repaired, and for all systems
 * alike; links that lead out of the workspace can only be seen on the disk.
 */
export function editPath(named: string): EditPath {
  const name = named.trim();
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  const why = refusalOf(name, segments);
  return why ? { state: 'refused', why } : { state: 'allowed', path: segments.join('/') };
}

function refusalOf(name: string, segments: readonly string[]): PathRefusal | undefined {
  // Invisible characters hide what a name is; `%2e%2e` is a way out for whoever decodes it.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|%(?:2e|2f|5c|00)/iu.test(name)) {
    return 'character';
  }
  if (name.includes('\\')) {
    return 'backslash';
  }
  if (name.includes(':')) {
    return 'colon';
  }
  if (name.startsWith('/') || segments[0]?.startsWith('~') === true) {
    return 'absolute';
  }
  // Windows drops blanks and dots at the end of a name, so that `.. ` and `...` may lead up there.
  if (segments.some((segment) => /^\s|[.\s]$/.test(segment))) {
    return 'outside';
  }
  if (segments.some((segment) => /^(?:\.git|git~\d+)$/i.test(segment))) {
    return 'git';
  }
  return segments.length === 0 || /(?:^|\/)\.?$/.test(name) ? 'noFile' : undefined;
}

/** The one of these paths that a model names: as it is, or by the end of it where only one has that. */
export function fileNamed(paths: readonly string[], name: string): string | undefined {
  const named = cleaned(name);
  const same = paths.find((path) => cleaned(path) === named);
  if (same !== undefined || named === '') {
    return same;
  }
  const [only, another] = paths.filter(
    (path) => endsWith(cleaned(path), named) || endsWith(named, cleaned(path)),
  );
  return another === undefined ? only : undefined;
}

function cleaned(path: string): string {
  return path
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
}

function endsWith(path: string, end: string): boolean {
  return path.endsWith(`/${end}`);
}
