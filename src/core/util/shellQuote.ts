/** What no shell needs to quote. */
const plain = /^[\w./=:-]+$/;

const posixShells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish']);
const powerShells: ReadonlySet<string> = new Set(['pwsh', 'powershell']);

/**
 * Quotes a word for a shell, given the path of its program. Absent if the shell's quoting is unknown or can't express
 * the word. A program may still read a leading dash as an option.
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
    // Only `fish` treats a backslash in single quotes specially; outside of them, no other shell minds one.
    return `'${word.replace(/['\\]/g, "'\\$&'")}'`;
  }
  if (powerShells.has(name)) {
    // Curly quotes also end a string there.
    return `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
  }
  // In cmd nothing prevents variable expansion.
  return name === 'cmd' && !/["%!^]/.test(word) ? `"${word}"` : undefined;
}
