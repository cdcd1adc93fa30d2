import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ChatHeader } from '../../protocol/chatView.ts';
import { AttachmentList } from '../transcript/AttachmentList.tsx';
import { usePage } from '../shared/page.ts';
import { useComposing } from './composing.ts';
import { Estimate } from './Estimate.tsx';
import { Icon } from '../shared/Icon.tsx';
import { QuestionBox } from './QuestionBox.tsx';

/** Where a question is written: Enter sends, Shift+Enter inserts a line break. */
export function Composer(): JSX.Element {
  const { host, store } = usePage();
  const { draft } = useComposing();
  const box = useRef<HTMLTextAreaElement>(null);
  const header = store.header.value;
  const send = (): void => {
    draft.send();
    box.current?.focus();
  };
  return (
    <div class="composer">
      {header && <AttachmentList attachments={header.attachments} removable />}
      <QuestionBox box={box} onSend={send} />
      {header?.estimate && <Estimate estimate={header.estimate} />}
      <div class="composer-bar">
        <AttachButton />
        {header && <ModelButton model={header.model} />}
        {header?.effort !== undefined && <EffortButton effort={header.effort} />}
        {header?.busy === true && (
          <StopButton
            onStop={() => {
              host.post({ type: 'stop' });
              // The button disappears with the answer; the focus must not.
              box.current?.focus();
            }}
          />
        )}
        <button
          type="button"
          class="primary send"
          aria-label={t('Send')}
          title={t('Send (Enter)')}
          disabled={draft.text.value.trim() === ''}
          onClick={send}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  );
}

function AttachButton(): JSX.Element {
  const { host } = usePage();
  return (
    <button
      type="button"
      class="quiet"
      aria-label={t('Attach context')}
      title={t('Attach context')}
      onClick={() => {
        host.post({ type: 'attachContext' });
      }}
    >
      <Icon name="attach" />
    </button>
  );
}

function ModelButton({ model }: { readonly model: ChatHeader['model'] }): JSX.Element {
  const { host } = usePage();
  return (
    <button
      type="button"
      class="quiet model"
      aria-label={t('Model: {0}', model.name)}
      title={t('Model: {0}', model.id)}
      onClick={() => {
        host.post({ type: 'selectModel' });
      }}
    >
      <span>{model.name}</span>
      <Icon name="chevron-down" />
    </button>
  );
}

function EffortButton({ effort }: { readonly effort: string }): JSX.Element {
  const { host } = usePage();
  const name = t('Reasoning effort: {0}', effort);
  return (
    <button
      type="button"
      class="quiet"
      aria-label={name}
      title={name}
      onClick={() => {
        host.post({ type: 'selectEffort' });
      }}
    >
      <Icon name="effort" />
    </button>
  );
}

function StopButton({ onStop }: { readonly onStop: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="secondary stop"
      aria-label={t('Stop')}
      title={t('Stop (Escape)')}
      onClick={onStop}
    >
      <Icon name="stop" />
    </button>
  );
}
