import { useSignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX, TargetedDragEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { KeyState } from '../../protocol/chatView.ts';
import { attachFrom, holdsFiles } from '../composer/dropped.ts';
import { FocusKeeper } from './focusKeeper.ts';
import { Alert } from '../transcript/Alert.tsx';
import { Announcer } from '../shared/Announcer.tsx';
import { Composer } from '../composer/Composer.tsx';
import { ComposingContext, type ComposingParts } from '../composer/composing.ts';
import { PageContext, type PageParts } from '../shared/page.ts';
import { DrawingContext, type DrawingParts } from '../transcript/drawing.ts';
import { TitleBar } from './TitleBar.tsx';
import { Transcript } from '../transcript/Transcript.tsx';
import { Welcome } from './Welcome.tsx';

/** What the panel works with. */
interface AppProps {
  readonly page: PageParts;
  readonly drawing: DrawingParts;
  readonly composing: ComposingParts;
}

/** The panel: title bar, conversation, and composer, which is there before anything is known. */
export function App({ page, drawing, composing }: AppProps): JSX.Element {
  const { host, store } = page;
  const header = store.header.value;
  const empty = store.ids.value.length === 0;
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(
    () =>
      main.current
        ? new FocusKeeper(
            main.current,
            () => main.current?.querySelector('.composer textarea') ?? null,
          ).start()
        : undefined,
    [],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && header?.busy === true && !event.isComposing) {
      event.preventDefault();
      host.post({ type: 'stop' });
    }
  };
  const drop = useDrop(page);
  return (
    <PageContext.Provider value={page}>
      <DrawingContext.Provider value={drawing}>
        <ComposingContext.Provider value={composing}>
          <main ref={main} class="panel" onKeyDown={onKeyDown} {...drop.handlers}>
            <TitleBar title={header?.title ?? ''} {...(header?.spent && { spent: header.spent })} />
            <Transcript key={store.conversationId.value}>
              {header && empty && <Welcome keyState={header.key} />}
            </Transcript>
            {header && <KeyAlert keyState={header.key} empty={empty} />}
            {header?.alert && <Alert alert={header.alert} />}
            <Composer />
            {drop.above && <div class="drop-here">{t('Drop to attach')}</div>}
            <Announcer />
          </main>
        </ComposingContext.Provider>
      </DrawingContext.Provider>
    </PageContext.Provider>
  );
}

/** Files dragged over the panel, and what happens to them. */
interface Drop {
  readonly above: boolean;
  readonly handlers: Readonly<
    Record<'onDragOver' | 'onDragLeave' | 'onDrop', (event: TargetedDragEvent<HTMLElement>) => void>
  >;
}

/** Accepts dragged files, and knows while they are over it. */
function useDrop({ host, narrator }: PageParts): Drop {
  const above = useSignal(false);
  return {
    above: above.value,
    handlers: {
      onDragOver: (event) => {
        if (event.dataTransfer && holdsFiles(event.dataTransfer)) {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
          above.value = true;
        }
      },
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        above.value = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
      },
      onDrop: (event) => {
        above.value = false;
        if (event.dataTransfer && holdsFiles(event.dataTransfer)) {
          event.preventDefault();
          void attachFrom(event.dataTransfer, host, (words) => {
            narrator.say(words);
          });
        }
      },
    },
  };
}

/** Reports a problem with the key where the welcome doesn't. */
function KeyAlert({ keyState, empty }: { keyState: KeyState; empty: boolean }): JSX.Element | null {
  if (keyState === 'rejected') {
    return <AskForKey message={t('OpenRouter rejected the API key. Set another one to continue.')} />;
  }
  if (keyState === 'missing' && !empty) {
    return <AskForKey message={t('There is no API key. Set one to continue this chat.')} />;
  }
  return null;
}

function AskForKey({ message }: { readonly message: string }): JSX.Element {
  const remedies = [
    { kind: 'setApiKey', label: t('Set API key') },
    { kind: 'signIn', label: t('Sign in') },
  ] as const;
  return <Alert alert={{ id: '', message, remedies }} />;
}
