import { fileLimits, type FilePlace } from '../../protocol/fileLookup.ts';
import { sourceExtensions } from './sourceExtensions.ts';

/** A longer text isn't a path with a line. */
const longest = fileLimits.pathLength + 40;

/** `:12`, `:12:5`, `:12-24`, or as in URLs of code hosts: `#L12`, `#L12C5`, `#L12-L24`. */
const placeAtEnd =
  /(?::(?<line>\d{1,7})(?::(?<column>\d{1,7})|-(?<end>\d{1,7}))?|#L(?<hashLine>\d{1,7})(?:C(?<hashColumn>\d{1,7}))?(?:-L?(?<hashEnd>\d{1,7})(?:C\d{1,7})?)?)$/;

/** What a path's parts consist of, without anything that would make it a URL or pattern. */
const folderName = /^[\p{L}\p{M}\p{N}_@+$.()[\]-]+$/u;

/** A name doesn't end like a sentence or call, and isn't a number. */
const fileName = /^[\p{L}\p{M}\p{N}_@+$.()[\]-]*[\p{L}\p{N}_-]$/u;

/** The file location that a code span names, if it looks like one; only the host knows whether it exists. */
export function fileMention(text: string): FilePlace | undefined {
  if (text.length > longest) {
    return undefined;
  }
  const groups = placeAtEnd.exec(text)?.groups;
  const path = text.replace(placeAtEnd, '').replace(/^\.\//, '');
  return isPath(path, groups !== undefined) ? { path, ...positionIn(groups ?? {}) } : undefined;
}

/** The file location that a link's target names. */
export function linkedFile(href: string): FilePlace | undefined {
  try {
    return fileMention(href.length > longest ? '' : decodeURIComponent(href));
  } catch {
    // A path with an invalid percent escape isn't looked up.
    return undefined;
  }
}

function isPath(path: string, hasPlace: boolean): boolean {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  if (path.length > fileLimits.pathLength || !fileName.test(name) || !/\p{L}/u.test(name)) {
    return false;
  }
  if (!folders.every((folder) => folderName.test(folder) && folder !== '..')) {
    return false;
  }
  // `user.name` looks like a file too: a bare name needs a file extension or a line.
  const extension = /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return folders.length > 0 || (extension !== undefined && (hasPlace || sourceExtensions.has(extension)));
}

function positionIn(groups: Readonly<Record<string, string | undefined>>): Omit<FilePlace, 'path'> {
  const line = Number(groups['line'] ?? groups['hashLine'] ?? 0);
  const column = Number(groups['column'] ?? groups['hashColumn'] ?? 0);
  const endLine = Number(groups['end'] ?? groups['hashEnd'] ?? 0);
  if (line === 0) {
    return {};
  }
  return { line, ...(column > 0 && { column }), ...(endLine > line && { endLine }) };
}
