import type { JSX, TargetedInputEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatHeader } from '../../protocol/chatView.ts';
import type { Host } from '../host.ts';
import type { ChatStore } from '../store.ts';
import { AttachmentList } from './AttachmentList.tsx';
import { Icon } from './Icon.tsx';

/** What the composer works with. */
interface ComposerProps {
  readonly host: Host;
  readonly store: ChatStore;
  readonly header: ChatHeader;
}

/** Where a question is written: Enter sends it, Shift+Enter breaks the line, Escape stops the answer. */
export function Composer({ host, store, header }: ComposerProps): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useDraft(host, store);
  const focusRequest = store.focusRequests.value;
  useLayoutEffect(() => {
    if (focusRequest > 0) {
      box.current?.focus();
    }
  }, [focusRequest]);
  const send = (): void => {
    if (draft.trim() !== '') {
      host.post({ type: 'send', text: draft });
    }
  };
  const stop = (): void => {
    host.post({ type: 'stop' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && header.busy) {
      event.preventDefault();
      stop();
    }
  };
  const onInput = ({ currentTarget }: TargetedInputEvent<HTMLTextAreaElement>): void => {
    if (draft === '') {
      host.post({ type: 'composing' });
    }
    setDraft(currentTarget.value);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <AttachmentList attachments={header.attachments} removable />
      <textarea
        ref={box}
        aria-label="Message"
        placeholder="Ask about your code"
        rows={1}
        value={draft}
        onInput={onInput}
        onKeyDown={onKeyDown}
      />
      <div class="composer-bar">
        <button
          type="button"
          class="quiet"
          aria-label="Attach context"
          title="Attach context"
          onClick={() => {
            host.post({ type: 'attachContext' });
          }}
        >
          <Icon name="attach" />
        </button>
        <button
          type="button"
          class="quiet model"
          aria-label={`Model: ${header.model.name}`}
          title={`Model: ${header.model.id}`}
          onClick={() => {
            host.post({ type: 'selectModel' });
          }}
        >
          <span>{header.model.name}</span>
          <Icon name="chevron-down" />
        </button>
        {header.busy && (
          <button type="button" class="quiet stop" aria-label="Stop" title="Stop (Escape)" onClick={stop}>
            <Icon name="stop" />
          </button>
        )}
        <button
          type="submit"
          class="primary send"
          aria-label="Send"
          title="Send (Enter)"
          disabled={draft.trim() === ''}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

/**
 * The text being written. It is kept as it is typed, and given up only when the host shows the question in the
 * conversation: if it cannot be sent, the words stay.
 */
function useDraft(host: Host, store: ChatStore): [string, (draft: string) => void] {
  const [draft, setDraft] = useState(host.state.draft);
  const keep = (text: string): void => {
    setDraft(text);
    host.setState({ ...host.state, draft: text });
  };
  const lastQuestion = store.ids.value
    .map((id) => store.message(id)?.peek())
    .findLast((each) => each?.role === 'user');
  const known = useRef(lastQuestion?.id);
  useEffect(() => {
    const isNew = lastQuestion !== undefined && lastQuestion.id !== known.current;
    known.current = lastQuestion?.id;
    if (isNew && lastQuestion.text === host.state.draft.trim()) {
      keep('');
    }
  }, [lastQuestion?.id]);
  return [draft, keep];
}
