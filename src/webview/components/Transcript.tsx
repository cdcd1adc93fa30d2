import { signal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { ChatStore } from '../store.ts';
import { Icon } from './Icon.tsx';
import { memo } from './memo.ts';
import { Message } from './Message.tsx';

/** How many messages are drawn before the page is first seen, and in each of the steps that follow. */
const firstBatch = 24;
const nextBatch = 32;

/** This close to the end counts as being there, in pixels. */
const endZone = 24;

/** The conversation. It stays at its end while it grows, unless the user has scrolled away from there. */
export function Transcript({ store }: { readonly store: ChatStore }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follow = useMemo(() => new EndFollower(), []);
  useLayoutEffect(() => {
    if (box.current && content.current) {
      return follow.attach(box.current, content.current);
    }
    return undefined;
  }, [follow]);
  const ids = useBatches(store);
  return (
    <div class="transcript-frame">
      <div class="transcript" role="log" aria-label="Conversation" aria-live="off" tabIndex={0} ref={box}>
        <div ref={content}>
          {ids.map((id) => (
            <MessageById key={id} id={id} store={store} />
          ))}
        </div>
      </div>
      {!follow.atEnd.value && (
        <button
          type="button"
          class="to-end"
          aria-label="Scroll to end"
          title="Scroll to end"
          onClick={() => {
            follow.goToEnd();
          }}
        >
          <Icon name="arrow-down" />
        </button>
      )}
    </div>
  );
}

const MessageById = memo(
  ({ id, store }: { readonly id: string; readonly store: ChatStore }): JSX.Element | null => {
    const message = store.message(id);
    return message ? <Message message={message} /> : null;
  },
);

/** The last messages at once, the older ones in steps while nothing else is to do. */
function useBatches(store: ChatStore): readonly string[] {
  const shown = useMemo(() => signal(firstBatch), [store.conversationId.value]);
  useSignalEffect(() => {
    if (shown.value < store.ids.value.length) {
      requestIdleCallback(() => {
        shown.value += nextBatch;
      });
    }
  });
  return store.ids.value.slice(-shown.value);
}

/** Keeps a scrolled box at its end as long as the user leaves it there. */
class EndFollower {
  readonly atEnd = signal(true);
  #box: HTMLElement | undefined;

  attach(box: HTMLElement, content: HTMLElement): () => void {
    this.#box = box;
    const onScroll = (): void => {
      this.atEnd.value = box.scrollHeight - box.scrollTop - box.clientHeight < endZone;
    };
    const observer = new ResizeObserver(() => {
      if (this.atEnd.peek()) {
        this.goToEnd();
      }
    });
    observer.observe(content);
    observer.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }

  goToEnd(): void {
    this.#box?.scrollTo({ top: this.#box.scrollHeight });
    this.atEnd.value = true;
  }
}
