/** Whether a file named by an answer may be edited: its clean path below the workspace, or why not. */
export type EditPath =
  | { readonly state: 'allowed'; readonly path: string }
  | { readonly state: 'refused'; readonly why: PathRefusal };

/** Why a file may not be edited. */
export type PathRefusal =
  /** It names nothing, or a folder. */
  | 'noFile'
  /** It starts at the root of a disk, a network share, or a home folder. */
  | 'absolute'
  /** It is outside the workspace, or may be on some system. */
  | 'outside'
  /** It has a colon: a drive, a URL, or an alternate data stream. */
  | 'colon'
  | 'backslash'
  /** It has invisible or look-alike characters. */
  | 'character'
  /** It belongs to Git: a hook there is a program that runs automatically. */
  | 'git';

/**
 * Decides by the name alone whether a file may be edited. Names are rejected rather than repaired, with the same rules
 * on every system; links out of the workspace can only be seen on disk.
 */
export function editPath(named: string): EditPath {
  const name = named.trim();
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  const why = refusalOf(name, segments);
  return why ? { state: 'refused', why } : { state: 'allowed', path: segments.join('/') };
}

function refusalOf(name: string, segments: readonly string[]): PathRefusal | undefined {
  // Invisible characters hide the real name, and `%2e%2e` becomes a way out when decoded.
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
  // Windows drops trailing spaces and dots, so `.. ` and `...` may lead to the parent.
  if (segments.some((segment) => /^\s|[.\s]$/.test(segment))) {
    return 'outside';
  }
  if (segments.some((segment) => /^(?:\.git|git~\d+)$/i.test(segment))) {
    return 'git';
  }
  return segments.length === 0 || /(?:^|\/)\.?$/.test(name) ? 'noFile' : undefined;
}

/** The path that a model means: an exact match, or the only one with that ending. */
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
