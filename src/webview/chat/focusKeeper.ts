/** What has the focus, and where it is, for when it disappears. */
interface Held {
  readonly element: HTMLElement;
  /** Recognized by the same name when rendered again. */
  readonly name: string | null;
  /** The list of attachments or messages it is in, and its position. */
  readonly place: { readonly list: HTMLElement; readonly index: number } | undefined;
}

/** Interchangeable elements. */
const memberSelector = '.attachment, article';

/**
 * Keyboard users must not lose their place when the focused element disappears. The focus moves to its replacement: the
 * same button of another version, the next attached item, the message; else to `otherwise`.
 */
export class FocusKeeper {
  readonly #root: HTMLElement;
  readonly #otherwise: () => HTMLElement | null;
  #held: Held | undefined;
  /** What last had the focus, and what had it when the user left for another part of the editor. */
  #last: HTMLElement | undefined;
  #left: HTMLElement | undefined;

  constructor(root: HTMLElement, otherwise: () => HTMLElement | null) {
    this.#root = root;
    this.#otherwise = otherwise;
  }

  /** Watches until the returned function is called. */
  start(): () => void {
    const ending = new AbortController();
    const { signal } = ending;
    const keep = (): void => {
      this.#keep();
    };
    const observer = new MutationObserver(keep);
    observer.observe(this.#root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    this.#root.addEventListener(
      'focusin',
      ({ target }) => {
        this.#held = heldAt(target);
        this.#last = this.#held?.element;
      },
      { signal },
    );
    this.#root.addEventListener(
      'focusout',
      () => {
        // An element also loses focus when it is about to be removed; that is known only afterward.
        queueMicrotask(() => {
          this.#letGo();
        });
      },
      { signal },
    );
    // The editor doesn't return the focus it takes.
    window.addEventListener('blur', () => (this.#left = this.#last), { signal });
    window.addEventListener('focus', () => this.#comeBack(), { signal });
    return () => {
      ending.abort();
      observer.disconnect();
    };
  }

  /** If the user moved the focus away, it isn't restored. */
  #letGo(): void {
    if (this.#held && document.hasFocus() && hasNone() && canHold(this.#held.element)) {
      this.#held = undefined;
    }
  }

  #comeBack(): void {
    if (hasNone() && this.#left && canHold(this.#left)) {
      this.#left.focus({ preventScroll: true });
    }
    this.#left = undefined;
    this.#keep();
  }

  /** An inactive window must not steal the focus; it is checked on return. */
  #keep(): void {
    if (this.#held && hasNone() && document.hasFocus() && !canHold(this.#held.element)) {
      const next = successorOf(this.#held) ?? this.#otherwise();
      this.#held = undefined;
      // A long answer would jump to its start.
      next?.focus({ preventScroll: next.matches('article') });
    }
  }
}

function hasNone(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function canHold(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled');
}

function heldAt(target: EventTarget | null): Held | undefined {
  if (!(target instanceof HTMLElement)) {
    return undefined;
  }
  const member = target.closest<HTMLElement>(memberSelector);
  const list = member?.parentElement;
  const place = member && list ? { list, index: membersOf(list).indexOf(member) } : undefined;
  return { element: target, name: target.getAttribute('aria-label'), place };
}

function membersOf(list: HTMLElement): readonly HTMLElement[] {
  return [...list.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && child.matches(memberSelector),
  );
}

function successorOf({ name, place }: Held): HTMLElement | undefined {
  if (!place?.list.isConnected) {
    return undefined;
  }
  const members = membersOf(place.list);
  const member = members[place.index] ?? members.at(-1);
  const buttons = [...(member?.querySelectorAll('button') ?? [])];
  const same = buttons.find((button) => name !== null && button.getAttribute('aria-label') === name);
  if (same) {
    // The last version has no next button; the previous button is beside it.
    const beside = [...(same.parentElement?.querySelectorAll('button') ?? [])];
    return same.disabled ? beside.find(({ disabled }) => !disabled) : same;
  }
  return member?.matches('article') ? member : buttons.at(-1);
}
