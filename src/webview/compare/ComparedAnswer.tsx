import type { ReadonlySignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { answerText, hasWords } from '../../protocol/answerParts.ts';
import { isOver, type MessageView } from '../../protocol/chatView.ts';
import type { CompareToHost } from '../../protocol/compareView.ts';
import type { Host } from '../shared/host.ts';
import { PageContext, usePage } from '../shared/page.ts';
import { Answer } from '../transcript/Message.tsx';

interface ComparedAnswerProps {
  /** The column, from 0. */
  readonly at: number;
  /** The model's name. */
  readonly name: string;
  readonly message: ReadonlySignal<MessageView>;
  readonly post: (message: CompareToHost) => void;
}

/** One compared model's answer; its actions apply to this column. */
export function ComparedAnswer({ at, name, message, post }: ComparedAnswerProps): JSX.Element | null {
  const page = usePage();
  const column = useMemo(() => ({ ...page, host: hostOfColumn(page.host, at, post) }), [page, at, post]);
  const view = message.value;
  if (view.role !== 'assistant') {
    return null;
  }
  const over = isOver(view.state);
  return (
    <PageContext.Provider value={column}>
      <section class="column" aria-label={name}>
        <div class="column-head">
          <h2 class="title" title={name}>
            {name}
          </h2>
          {!over && (
            <button
              type="button"
              class="secondary"
              onClick={() => {
                column.host.post({ type: 'stop' });
              }}
            >
              {t('Stop')}
            </button>
          )}
        </div>
        <Answer key={view.id} message={message} view={view} actions={<></>} />
        {over && hasWords(view.parts) && <ColumnActions at={at} text={answerText(view.parts)} post={post} />}
      </section>
    </PageContext.Provider>
  );
}

function ColumnActions({
  at,
  text,
  post,
}: Pick<ComparedAnswerProps, 'at' | 'post'> & { readonly text: string }): JSX.Element {
  const { narrator } = usePage();
  return (
    <div class="column-actions">
      <button
        type="button"
        class="secondary"
        onClick={() => {
          post({ type: 'keep', column: at });
        }}
      >
        {t('Continue with this answer')}
      </button>
      <button
        type="button"
        class="secondary"
        onClick={() => {
          post({ type: 'copy', text });
          narrator.say(t('Copied.'));
        }}
      >
        {t('Copy')}
      </button>
    </div>
  );
}

/** Messages from a column carry its number. */
function hostOfColumn(host: Host, at: number, post: (message: CompareToHost) => void): Host {
  return {
    post: (message) => {
      if (message.type === 'stop' || message.type === 'remedy') {
        post({ type: 'inColumn', column: at, message });
      } else {
        host.post(message);
      }
    },
    onMessage: host.onMessage,
    keep: host.keep,
    get state() {
      return host.state;
    },
  };
}
