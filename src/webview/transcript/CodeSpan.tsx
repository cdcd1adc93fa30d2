import type { JSX } from 'preact';
import { fileMention } from '../files/fileMention.ts';
import { FileLink } from './FileLink.tsx';

/** Inline code. If it names a file, it links to it. */
export function CodeSpan({ text }: { readonly text: string }): JSX.Element {
  const code = <code>{text}</code>;
  const place = fileMention(text);
  return place ? (
    <FileLink place={place} otherwise={code}>
      {code}
    </FileLink>
  ) : (
    code
  );
}
