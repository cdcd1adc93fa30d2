/** What needs no quotes in any shell. */
const plain = /^[\w./=:-]+$/;

const posixShells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish']);
const powerShells: ReadonlySet<string> = new Set(['pwsh', 'powershell']);

/**
 * A word as a shell takes it literally, whatever is in it; `shell` is the path of its program. Nothing where a word
 * that needs quotes meets a shell whose quotes are not known, or cannot hold it. A program may still take a word that
 * begins with a dash for an option.
 */
export function shellQuote(word: string, shell: string): string | undefined {
  if (plain.test(word)) {
    return word;
  }
  if (/^$|\p{Cc}/u.test(word)) {
    return undefined;
  }
  const name = (shell.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
  if (posixShells.has(name)) {
    // Between single quotes only `fish` reads a backslash; no other shell minds one outside of them.
    return `'${word.replace(/['\\]/g, "'\\$&'")}'`;
  }
  if (powerShells.has(name)) {
    // Curly quotes end a string there, too.
    return `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
  }
  // In cmd nothing keeps a variable from being put in.
  return name === 'cmd' && !/["%!^]/.test(word) ? `"${word}"` : undefined;
}
