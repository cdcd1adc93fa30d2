import { t } from '@vscode/l10n';
import { createContext, type JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { lineCount } from '../markdown/codeLines.ts';
import type { FenceInfo } from '../markdown/fenceInfo.ts';
import { count } from '../shared/units.ts';
import { CodeText } from './CodeText.tsx';
import { usePage } from '../shared/page.ts';
import { CopyButton } from '../shared/CopyButton.tsx';
import { Icon } from '../shared/Icon.tsx';
import { ActionButton } from './MessageActions.tsx';

/** A longer block is collapsed if it appears complete; one that the user watches grow isn't. */
const foldedAbove = 36;

/** Whether a text was complete when it appeared. */
export const WholeText = createContext(false);

/** A code block's text in chunks, of which only the last one grows. */
interface CodeBlockProps {
  readonly info: FenceInfo;
  readonly chunks: readonly string[];
  /** Whether it is complete. */
  readonly complete: boolean;
}

/** Code from an answer, with its actions. */
export function CodeBlock({ info, chunks, complete }: CodeBlockProps): JSX.Element {
  const lines = lineCount(chunks);
  const foldable = complete && lines > foldedAbove;
  const wasWhole = useContext(WholeText);
  const [chosen, setFolded] = useState<boolean>();
  // A complete text is read in steps, so its code also grows, but nobody watches that.
  const folded = chosen ?? wasWhole;
  const [wrapped, setWrapped] = useState(false);
  const { language, fileName } = info;
  const look = `code${foldable && folded ? ' folded' : ''}${wrapped ? ' wrapped' : ''}`;
  return (
    <div
      class={look}
      role="group"
      aria-label={language === '' ? t('Code block') : t('Code block {0}', language)}
    >
      <div class="code-head">
        <span class="code-language" title={fileName}>
          {fileName ?? (language === '' ? t('text') : language)}
        </span>
        <button
          type="button"
          class="quiet"
          aria-label={t('Wrap lines')}
          aria-pressed={wrapped}
          title={t('Wrap lines')}
          onClick={() => {
            setWrapped(!wrapped);
          }}
        >
          <Icon name="word-wrap" />
        </button>
        <CodeActions info={info} text={() => chunks.join('')} />
      </div>
      <pre tabIndex={0}>
        <CodeText language={language} chunks={chunks} />
      </pre>
      {foldable && (
        <button
          type="button"
          class="quiet code-fold"
          aria-expanded={!folded}
          onClick={() => {
            setFolded(!folded);
          }}
        >
          {folded ? t('Show all {0} lines', count(lines)) : t('Show fewer lines')}
        </button>
      )}
    </div>
  );
}

function CodeActions({
  info: { language, fileName },
  text,
}: {
  readonly info: FenceInfo;
  readonly text: () => string;
}): JSX.Element {
  const { post } = usePage().host;
  const place = { language, ...(fileName !== undefined && { fileName }) };
  return (
    <>
      {language.toLowerCase() === 'mermaid' && (
        <ActionButton
          icon="open-preview"
          label={t('Open diagram')}
          onClick={() => {
            post({ type: 'openDiagram', text: text() });
          }}
        />
      )}
      <CopyButton label={t('Copy')} text={text} />
      <ActionButton
        icon="insert"
        label={t('Insert at cursor')}
        onClick={() => {
          post({ type: 'insertAtCursor', text: text() });
        }}
      />
      <ActionButton
        icon="apply"
        label={t('Apply to file')}
        onClick={() => {
          post({ type: 'applyToFile', text: text(), ...place });
        }}
      />
      <ActionButton
        icon="new-file"
        label={t('New file')}
        onClick={() => {
          post({ type: 'newFile', text: text(), ...place });
        }}
      />
    </>
  );
}
