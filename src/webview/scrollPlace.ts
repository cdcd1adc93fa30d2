import type { ScrollPlace } from './panelState.ts';

/** Where in a conversation the user is reading: the first message that is still in view, and how far it is gone by. */
export function placeIn(box: HTMLElement): Omit<ScrollPlace, 'conversationId'> | undefined {
  const { top } = box.getBoundingClientRect();
  for (const message of box.querySelectorAll<HTMLElement>('[data-message]')) {
    const place = message.getBoundingClientRect();
    if (place.bottom > top) {
      return { messageId: message.dataset['message'] ?? '', offset: top - place.top };
    }
  }
  return undefined;
}

/** How far to scroll for this place; `undefined` while its message is not drawn. */
export function topOf(box: HTMLElement, place: ScrollPlace): number | undefined {
  const message = box.querySelector(`[data-message="${CSS.escape(place.messageId)}"]`);
  if (!message) {
    return undefined;
  }
  const distance = message.getBoundingClientRect().top - box.getBoundingClientRect().top;
  return box.scrollTop + distance + place.offset;
}
