import type { JSX } from 'preact';
import { memo } from './memo.ts';
import { useEffect, useState } from 'preact/hooks';
import { usePost } from './context.ts';
import { Icon } from './Icon.tsx';

const confirmationMs = 1_500;

/** What a code block shows: its text in chunks, of which only the last one grows. */
interface CodeBlockProps {
  readonly language: string;
  readonly chunks: readonly string[];
}

/** Code from an answer, with what one does with code. */
export function CodeBlock({ language, chunks }: CodeBlockProps): JSX.Element {
  const post = usePost();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const timer = copied
      ? setTimeout(() => {
          setCopied(false);
        }, confirmationMs)
      : undefined;
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  const text = (): string => chunks.join('');
  const copy = (): void => {
    post({ type: 'copy', text: text() });
    setCopied(true);
  };
  return (
    <div class="code" role="group" aria-label={`Code block ${language}`.trim()}>
      <div class="code-head">
        <span class="code-language">{language === '' ? 'text' : language}</span>
        <button type="button" class="quiet" aria-label="Copy" title="Copy" onClick={copy}>
          <Icon name={copied ? 'check' : 'copy'} />
        </button>
        <button
          type="button"
          class="quiet"
          aria-label="Insert at cursor"
          title="Insert at cursor"
          onClick={() => {
            post({ type: 'insertAtCursor', text: text() });
          }}
        >
          <Icon name="insert" />
        </button>
        <span class="spoken" role="status">
          {copied ? 'Copied' : ''}
        </span>
      </div>
      <pre tabIndex={0}>
        <code>
          {chunks.map((chunk, index) => (
            <CodeChunk key={index} text={chunk} />
          ))}
        </code>
      </pre>
    </div>
  );
}

const CodeChunk = memo(({ text }: { readonly text: string }): JSX.Element => <span>{text}</span>);
