import type { ScrollPlace } from '../shared/panelState.ts';

/** Where the user is reading: the first visible message, and how far it is scrolled past. */
export function placeIn(box: HTMLElement): Omit<ScrollPlace, 'conversationId'> | undefined {
  const { top } = box.getBoundingClientRect();
  const messages = box.querySelectorAll<HTMLElement>('[data-message]');
  // Messages are stacked, so a binary search finds it among thousands.
  let [from, to] = [0, messages.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const isGoneBy = (messages[middle]?.getBoundingClientRect().bottom ?? top) <= top;
    [from, to] = isGoneBy ? [middle + 1, to] : [from, middle];
  }
  const message = messages[from];
  return (
    message && {
      messageId: message.dataset['message'] ?? '',
      offset: top - message.getBoundingClientRect().top,
    }
  );
}

/** The scroll offset for this place; `undefined` while its message isn't rendered. */
export function topOf(box: HTMLElement, place: ScrollPlace): number | undefined {
  const message = box.querySelector(`[data-message="${CSS.escape(place.messageId)}"]`);
  if (!message) {
    return undefined;
  }
  const distance = message.getBoundingClientRect().top - box.getBoundingClientRect().top;
  return box.scrollTop + distance + place.offset;
}
