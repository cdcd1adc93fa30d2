/** What follows a code fence's marker. */
export interface FenceInfo {
  /** As written in the fence; empty if absent. */
  readonly language: string;
  /** The file that the code is from or for, if named. */
  readonly fileName?: string;
}

const named = /(?:^|[\s{,])(?:title|file|filename|path|name)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s,}]+))/i;

/** Something like `src/cart.ts` or `Makefile.am`: a word that ends like a file name. */
const fileLike = /^[\w@.()[\]+~-]*(?:[/\\][\w@.()[\]+~ -]+)*\.\w{1,10}$/;

/** Reads the ways models name the language and file: `ts src/a.ts`, `ts:src/a.ts`, `ts title="src/a.ts"`. */
export function readFenceInfo(info: string | undefined): FenceInfo {
  const text = info?.trim() ?? '';
  const [word = '', ...others] = text.split(/\s+/);
  const attribute = named.exec(text);
  const [language = '', afterColon] = splitOnce(word.replace(/\{.*$/, ''), ':');
  const fileName = attribute?.[1] ?? attribute?.[2] ?? attribute?.[3] ?? fileIn([afterColon, ...others]);
  if (fileName === undefined && word.includes('/') && fileLike.test(word)) {
    return { language: extensionOf(word), fileName: word };
  }
  return { language, ...(fileName !== undefined && { fileName }) };
}

function fileIn(words: readonly (string | undefined)[]): string | undefined {
  return words.find((word) => word !== undefined && fileLike.test(word));
}

function splitOnce(text: string, separator: string): readonly (string | undefined)[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
