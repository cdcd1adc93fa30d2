import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CodeText } from './CodeText.tsx';
import { usePanel } from './context.ts';
import { Icon } from './Icon.tsx';

const confirmationMs = 1_500;

/** What a code block shows: its text in chunks, of which only the last one grows. */
interface CodeBlockProps {
  readonly language: string;
  readonly chunks: readonly string[];
}

/** Code from an answer, with what one does with code. */
export function CodeBlock({ language, chunks }: CodeBlockProps): JSX.Element {
  const { host } = usePanel();
  return (
    <div class="code" role="group" aria-label={`Code block ${language}`.trimEnd()}>
      <div class="code-head">
        <span class="code-language">{language === '' ? 'text' : language}</span>
        <CopyButton text={() => chunks.join('')} />
        <button
          type="button"
          class="quiet"
          aria-label="Insert at cursor"
          title="Insert at cursor"
          onClick={() => {
            host.post({ type: 'insertAtCursor', text: chunks.join('') });
          }}
        >
          <Icon name="insert" />
        </button>
      </div>
      <pre tabIndex={0}>
        <CodeText language={language} chunks={chunks} />
      </pre>
    </div>
  );
}

/** Copies, and confirms it for a moment: to the eye here, to assistive technology in words. */
function CopyButton({ text }: { readonly text: () => string }): JSX.Element {
  const { host, narrator } = usePanel();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setCopied(false);
    }, confirmationMs);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  return (
    <button
      type="button"
      class="quiet"
      aria-label="Copy"
      title={copied ? 'Copied' : 'Copy'}
      onClick={() => {
        host.post({ type: 'copy', text: text() });
        narrator.say('Copied.');
        setCopied(true);
      }}
    >
      {copied && <span aria-hidden="true">Copied</span>}
      <Icon name={copied ? 'check' : 'copy'} />
    </button>
  );
}
