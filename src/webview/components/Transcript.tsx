import { useSignalEffect } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { EndFollower } from '../endFollower.ts';
import { Reveal } from '../reveal.ts';
import { placeIn, topOf } from '../scrollPlace.ts';
import { usePanel } from './context.ts';
import { Icon } from './Icon.tsx';
import { memo } from './memo.ts';
import { Message } from './Message.tsx';

/** What stays free above a message that is gone to, in pixels. */
const marginAbove = 8;

/** The conversation, or its children while it is empty. It stays at its end while it grows, if the user is there. */
export function Transcript({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const { store } = usePanel();
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follower = useMemo(() => new EndFollower(), []);
  useLayoutEffect(
    () => (box.current && content.current ? follower.attach(box.current, content.current) : undefined),
    [follower],
  );
  const ids = useRevealed();
  useKeptPlace(box, follower);
  useNewQuestions(follower);
  useMessageToShow(box, follower);
  return (
    <div class="transcript-frame">
      <div
        class="transcript"
        role="log"
        aria-label={t('Conversation')}
        aria-live="off"
        tabIndex={0}
        data-conversation={store.conversationId.value}
        ref={box}
      >
        <div ref={content}>
          {ids.map((id) => (
            <MessageById key={id} id={id} />
          ))}
          {children}
        </div>
      </div>
      {!follower.following.value && (
        <button
          type="button"
          class="to-end"
          aria-label={t('Scroll to end')}
          title={t('Scroll to end')}
          onClick={() => {
            follower.goToEnd();
            box.current?.focus();
          }}
        >
          <Icon name="arrow-down" />
        </button>
      )}
    </div>
  );
}

const MessageById = memo(({ id }: { readonly id: string }): JSX.Element | null => {
  const message = usePanel().store.message(id);
  return message ? <Message message={message} /> : null;
});

/** The messages to draw now. */
function useRevealed(): readonly string[] {
  const { store } = usePanel();
  const reveal = useMemo(() => new Reveal(store.ids.peek().length), [store]);
  useLayoutEffect(() => {
    reveal.start();
    return () => {
      reveal.stop();
    };
  }, [reveal]);
  return store.ids.value.slice(reveal.hidden.value);
}

/** Goes back to where the user was reading before the panel was thrown away, and keeps where the user reads now. */
function useKeptPlace(box: RefObject<HTMLElement | null>, follower: EndFollower): void {
  const { host, store } = usePanel();
  const conversationId = store.conversationId.value;
  useLayoutEffect(() => {
    const { place } = host.state;
    if (place?.conversationId === conversationId) {
      follower.hold(() => (box.current ? topOf(box.current, place) : undefined));
    }
  }, [follower]);
  useLayoutEffect(() => {
    const keep = (): void => {
      const place = box.current && !follower.following.peek() ? placeIn(box.current) : undefined;
      if (place || host.state.place) {
        host.keep({ place: place && { conversationId, ...place } });
      }
    };
    const element = box.current;
    element?.addEventListener('scrollend', keep);
    return () => {
      element?.removeEventListener('scrollend', keep);
    };
  }, [conversationId]);
}

/** Whoever asks wants to see the question, and the answer to it. */
function useNewQuestions(follower: EndFollower): void {
  const { store } = usePanel();
  const seen = useRef(store.ids.peek().length);
  useSignalEffect(() => {
    const ids = store.ids.value;
    const isNew = ids.slice(seen.current).some((id) => store.message(id)?.peek().role === 'user');
    seen.current = ids.length;
    if (isNew) {
      follower.goToEnd();
    }
  });
}

/** Goes to a message that was searched for, and marks it for a moment. */
function useMessageToShow(box: RefObject<HTMLElement | null>, follower: EndFollower): void {
  const { store } = usePanel();
  useSignalEffect(() => {
    const messageId = store.messageToShow.value?.messageId;
    if (messageId === undefined) {
      return;
    }
    const place = { conversationId: store.conversationId.peek(), messageId, offset: -marginAbove };
    let marked = false;
    follower.hold(() => {
      const top = box.current ? topOf(box.current, place) : undefined;
      if (box.current && top !== undefined && !marked) {
        marked = true;
        mark(box.current, messageId);
      }
      return top;
    });
  });
}

function mark(box: HTMLElement, messageId: string): void {
  const message = box.querySelector(`[data-message="${CSS.escape(messageId)}"]`);
  message?.classList.add('found');
  message?.addEventListener('animationend', () => {
    message.classList.remove('found');
  });
}
