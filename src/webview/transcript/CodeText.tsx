import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { CodeToken } from '../../protocol/codeColors.ts';
import type { ColoredChunk } from '../code/coloredCode.ts';
import { useDrawing } from './drawing.ts';
import { memo } from '../shared/memo.ts';

/** A code block's text in the editor's colors, as far as known. */
export function CodeText({
  language,
  chunks,
}: {
  readonly language: string;
  readonly chunks: readonly string[];
}): JSX.Element {
  const { colors } = useDrawing();
  const element = useRef<HTMLElement>(null);
  const colored = useMemo(() => colors.begin(language), [colors, language]);
  useEffect(
    () => () => {
      colored.end();
    },
    [colored],
  );
  useLayoutEffect(() => {
    colored.take(chunks);
  });
  // Watched before it is drawn, a block that is in view asks for its colors with its first frame, not its second.
  useLayoutEffect(
    () => (element.current ? colors.whenNear(element.current, colored) : undefined),
    [colors, colored],
  );
  const coloredChunks = colored.chunks.value;
  return (
    <code ref={element}>
      {chunks.map((chunk, index) => (
        <CodeChunk key={index} text={chunk} colored={coloredChunks[index]} />
      ))}
    </code>
  );
}

const CodeChunk = memo(
  ({ text, colored }: { readonly text: string; readonly colored: ColoredChunk | undefined }): JSX.Element => {
    if (!colored || colored.length > text.length) {
      return <span>{text}</span>;
    }
    const { lines, length } = colored;
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
  const { text, color, italic, bold, underline } = token;
  if (color === undefined && !italic && !bold && !underline) {
    return text;
  }
  const style = {
    ...(color !== undefined && { color: color }),
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
