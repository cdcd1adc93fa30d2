import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { ToolCallState } from '../../protocol/answerParts.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePart, type PartProps } from './answerPart.ts';

/** A tool that the model called: with what, how that stands, and what came of it. */
export function ToolCall(props: PartProps): JSX.Element | null {
  const call = usePart(props, 'toolCall').value;
  if (!call) {
    return null;
  }
  return (
    <div class="tool-call" role="group" aria-label={t('Tool call {0}', call.name)}>
      <p class="tool-call-head">
        <Icon name="tools" />
        <span class="tool-call-name">{call.name}</span>
        <span class="tool-call-state">{stateWords(call.state)}</span>
      </p>
      <pre class="tool-call-data" tabIndex={0} aria-label={t('Arguments')}>
        {call.arguments}
      </pre>
      {call.result !== undefined && (
        <details class="tool-call-result">
          <summary>{t('Result')}</summary>
          <pre class="tool-call-data" tabIndex={0} aria-label={t('Result')}>
            {call.result}
          </pre>
        </details>
      )}
    </div>
  );
}

function stateWords(state: ToolCallState): string {
  switch (state) {
    case 'waiting':
      return t('waiting');
    case 'done':
      return t('done');
    case 'failed':
      return t('failed');
    case 'denied':
      return t('denied');
    case 'notRun':
      return t('not run');
    default:
      return state satisfies never;
  }
}
