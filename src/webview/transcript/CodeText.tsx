import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { CodeToken } from '../../protocol/codeColors.ts';
import type { ColouredChunk } from '../code/coloredCode.ts';
import { usePanel } from './context.ts';
import { memo } from '../shared/memo.ts';

/** The text of a code block, in the colours of the editor as far as they are known. */
export function CodeText({
  language,
  chunks,
}: {
  readonly language: string;
  readonly chunks: readonly string[];
}): JSX.Element {
  const { colours } = usePanel();
  const element = useRef<HTMLElement>(null);
  const coloured = useMemo(() => colours.begin(language), [colours, language]);
  useEffect(
    () => () => {
      coloured.end();
    },
    [coloured],
  );
  useLayoutEffect(() => {
    coloured.take(chunks);
  });
  useEffect(
    () => (element.current ? colours.whenNear(element.current, coloured) : undefined),
    [colours, coloured],
  );
  const colouredChunks = coloured.chunks.value;
  return (
    <code ref={element}>
      {chunks.map((chunk, index) => (
        <CodeChunk key={index} text={chunk} coloured={colouredChunks[index]} />
      ))}
    </code>
  );
}

const CodeChunk = memo(
  ({
    text,
    coloured,
  }: {
    readonly text: string;
    readonly coloured: ColouredChunk | undefined;
  }): JSX.Element => {
    if (!coloured || coloured.length > text.length) {
      return <span>{text}</span>;
    }
    const { lines, length } = coloured;
    const wholeLines = text[length - 1] === '\n' ? lines.length : lines.length - 1;
    return (
      <span>
        {lines.map((tokens, index) => (
          <CodeLine key={index} tokens={tokens} end={index < wholeLines ? '\n' : ''} />
        ))}
        {text.slice(length)}
      </span>
    );
  },
);

const CodeLine = memo(
  ({ tokens, end }: { readonly tokens: readonly CodeToken[]; readonly end: string }): JSX.Element => (
    <span>
      {tokens.map(drawToken)}
      {end}
    </span>
  ),
);

function drawToken(token: CodeToken, index: number): JSX.Element | string {
  const { text, colour, italic, bold, underline } = token;
  if (colour === undefined && !italic && !bold && !underline) {
    return text;
  }
  const style = {
    ...(colour !== undefined && { color: colour }),
    ...(italic && { fontStyle: 'italic' }),
    ...(bold && { fontWeight: 'bold' }),
    ...(underline && { textDecoration: 'underline' }),
  };
  return (
    <span key={index} style={style}>
      {text}
    </span>
  );
}
