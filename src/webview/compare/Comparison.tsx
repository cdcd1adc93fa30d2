import type { ReadonlySignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { hasWords } from '../../protocol/answerParts.ts';
import type { ColumnView, CompareToHost } from '../../protocol/compareView.ts';
import type { ChatStore } from '../shared/store.ts';
import { Announcer } from '../shared/Announcer.tsx';
import { AttachmentList } from '../transcript/AttachmentList.tsx';
import { ComparedAnswer } from './ComparedAnswer.tsx';
import { PageContext, type PageParts } from '../shared/page.ts';
import { DrawingContext, type DrawingParts } from '../transcript/drawing.ts';

interface ComparisonProps {
  readonly page: PageParts;
  readonly drawing: DrawingParts;
  /** The models, in the order of their answers. */
  readonly columns: ReadonlySignal<readonly ColumnView[]>;
  readonly post: (message: CompareToHost) => void;
}

/** The comparison page: the question above, the models' answers side by side. */
export function Comparison({ page, drawing, columns, post }: ComparisonProps): JSX.Element {
  const { store } = page;
  const [, ...answers] = store.ids.value;
  return (
    <PageContext.Provider value={page}>
      <DrawingContext.Provider value={drawing}>
        <main class="comparison" aria-label={t('Compare Models')}>
          <AskedQuestion store={store} />
          <div class="comparison-actions">
            <button
              type="button"
              class="secondary"
              disabled={answers.filter((id) => isAnswered(store, id)).length < 2}
              onClick={() => {
                post({ type: 'showDifferences' });
              }}
            >
              {t('Show differences')}
            </button>
          </div>
          <div class="columns">
            {columns.value.map((column, at) => {
              const message = store.message(answers[at] ?? '');
              return (
                message && (
                  <ComparedAnswer key={at} at={at} name={column.name} message={message} post={post} />
                )
              );
            })}
          </div>
          <Announcer />
        </main>
      </DrawingContext.Provider>
    </PageContext.Provider>
  );
}

function AskedQuestion({ store }: { readonly store: ChatStore }): JSX.Element | null {
  const view = store.message(store.ids.value[0] ?? '')?.value;
  return view?.role === 'user' ? (
    <section class="question-card" aria-label={t('Question')}>
      <AttachmentList attachments={view.attachments} />
      <p class="question-text">{view.text}</p>
    </section>
  ) : null;
}

function isAnswered(store: ChatStore, id: string): boolean {
  const view = store.message(id)?.value;
  return view?.role === 'assistant' && hasWords(view.parts);
}
