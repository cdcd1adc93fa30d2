import type { JSX } from 'preact';

/** A figure in the place of `{0}` in some words. Where there is little room, one does not see what comes after it. */
export function Figure({ words, value }: { readonly words: string; readonly value: string }): JSX.Element {
  const [before, after] = words.split('{0}');
  return (
    <span>
      {before}
      {value}
      <span class="after">{after}</span>
    </span>
  );
}
