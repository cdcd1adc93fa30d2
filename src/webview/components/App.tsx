import type { JSX } from 'preact';
import type { Host } from '../host.ts';
import type { ChatStore } from '../store.ts';
import { Alert } from './Alert.tsx';
import { Announcer } from './Announcer.tsx';
import { Composer } from './Composer.tsx';
import { PostContext } from './context.ts';
import { Icon } from './Icon.tsx';
import { Transcript } from './Transcript.tsx';
import { Welcome } from './Welcome.tsx';

/** The panel: a title line, the conversation, and the composer. */
export function App({ host, store }: { readonly host: Host; readonly store: ChatStore }): JSX.Element | null {
  const header = store.header.value;
  if (!header) {
    return null;
  }
  const empty = store.ids.value.length === 0;
  return (
    <PostContext.Provider value={host.post}>
      <main class="panel">
        <header class="title-bar">
          <h2 class="title">{header.title === '' ? 'New chat' : header.title}</h2>
          <button
            type="button"
            class="quiet"
            aria-label="New chat"
            title="New chat"
            disabled={empty}
            onClick={() => {
              host.post({ type: 'newChat' });
            }}
          >
            <Icon name="add" />
          </button>
        </header>
        <Transcript key={store.conversationId.value} store={store} />
        {empty && <Welcome keyState={header.key} />}
        {header.key === 'rejected' && <RejectedKey />}
        {header.key === 'missing' && !empty && <MissingKey />}
        {header.alert && <Alert alert={header.alert} />}
        <Composer host={host} store={store} header={header} />
        <Announcer store={store} />
      </main>
    </PostContext.Provider>
  );
}

function RejectedKey(): JSX.Element {
  return <KeyAlert message="The service does not accept the API key." />;
}

function MissingKey(): JSX.Element {
  return <KeyAlert message="There is no API key, so questions cannot be answered." />;
}

function KeyAlert({ message }: { readonly message: string }): JSX.Element {
  return <Alert alert={{ id: 'key', message, remedies: [{ kind: 'setApiKey', label: 'Set API key' }] }} />;
}
