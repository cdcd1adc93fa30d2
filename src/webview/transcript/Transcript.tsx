import { effect, useSignalEffect } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { EndFollower } from './endFollower.ts';
import { FoundWords, wordsIn } from './foundWords.ts';
import { Reveal } from './reveal.ts';
import { placeIn, topOf } from './scrollPlace.ts';
import type { ChatStore } from '../shared/store.ts';
import { usePage } from '../shared/page.ts';
import { Icon } from '../shared/Icon.tsx';
import { memo } from '../shared/memo.ts';
import { Message } from './Message.tsx';

/** The free space above a message that is scrolled to, in pixels. */
const marginAbove = 8;

/** The conversation, or its children while it is empty. It stays at the end while it grows, if the user is there. */
export function Transcript({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const { store } = usePage();
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
          aria-label={t('Scroll to bottom')}
          title={t('Scroll to bottom')}
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
  const message = usePage().store.message(id);
  return message ? <Message message={message} /> : null;
});

/** The messages to render now. */
function useRevealed(): readonly string[] {
  const { store } = usePage();
  const reveal = useMemo(() => new Reveal(store.ids.peek().length), [store]);
  useLayoutEffect(() => {
    reveal.start();
    return () => {
      reveal.stop();
    };
  }, [reveal]);
  return store.ids.value.slice(reveal.hidden.value);
}

/** Restores where the user was reading before the panel was discarded, and saves where they read now. */
function useKeptPlace(box: RefObject<HTMLElement | null>, follower: EndFollower): void {
  const { host, store } = usePage();
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

/** Scrolls to the end when a new question is added. */
function useNewQuestions(follower: EndFollower): void {
  const { store } = usePage();
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

/** Scrolls to a searched message and highlights it briefly; its words stay highlighted until the user moves on. */
function useMessageToShow(box: RefObject<HTMLElement | null>, follower: EndFollower): void {
  const { store } = usePage();
  useSignalEffect(() => {
    const wanted = store.messageToShow.value;
    if (!wanted) {
      return undefined;
    }
    const words = new FoundWords(wordsIn(wanted.search));
    const place = (): number | undefined => {
      const message = box.current && messageIn(box.current, wanted.messageId);
      if (!box.current || !message) {
        return undefined;
      }
      if (!words.marked) {
        words.mark(message);
        emphasise(message);
        // Other focus changes release the place; here the place itself takes the focus.
        queueMicrotask(() => {
          follower.hold(place);
        });
      }
      return topOfFound(box.current, message, words.depth);
    };
    follower.hold(place);
    return endWith(words, store);
  });
}

function messageIn(box: HTMLElement, messageId: string): HTMLElement | null {
  return box.querySelector(`[data-message="${CSS.escape(messageId)}"]`);
}

/** Shows the message from its top if the match is then visible; otherwise shows the match. */
function topOfFound(box: HTMLElement, message: HTMLElement, depth: number): number {
  const distance = message.getBoundingClientRect().top - box.getBoundingClientRect().top;
  const isBelow = depth > box.clientHeight * 0.6;
  return box.scrollTop + distance - marginAbove + (isBelow ? depth - box.clientHeight * 0.3 : 0);
}

/** Lets eyes and keyboard start at a message. */
function emphasise(message: HTMLElement): void {
  message.focus({ preventScroll: true });
  message.classList.add('found');
  message.addEventListener('animationend', () => {
    message.classList.remove('found');
  });
}

/** Words stay highlighted until Escape, the next question, or a replacement; returns how to end it. */
function endWith(words: FoundWords, store: ChatStore): () => void {
  const ending = new AbortController();
  const onKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') {
      words.end();
    }
  };
  document.addEventListener('keydown', onKey, { signal: ending.signal });
  let wasBusy = true;
  const stop = effect(() => {
    const isBusy = store.header.value?.busy === true;
    if (isBusy && !wasBusy) {
      words.end();
    }
    wasBusy = isBusy;
  });
  return () => {
    stop();
    ending.abort();
    words.end();
  };
}
