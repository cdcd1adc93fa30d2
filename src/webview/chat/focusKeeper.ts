/** What has the focus, and where it stands, for the time when it is gone. */
interface Held {
  readonly element: HTMLElement;
  /** Known again by the same name where it is drawn anew. */
  readonly name: string | null;
  /** The attached items or messages among which it stands, and its place there. */
  readonly place: { readonly list: HTMLElement; readonly index: number } | undefined;
}

/** Of these, one takes the place of another. */
const memberSelector = '.attachment, article';

/**
 * Whoever works by keyboard must not lose the place when what has the focus goes away. The focus then goes to what
 * stands there instead: the same button of another version, the next attached item, the message; else to `otherwise`.
 */
export class FocusKeeper {
  readonly #root: HTMLElement;
  readonly #otherwise: () => HTMLElement | null;
  #held: Held | undefined;
  /** What had the focus last, and what had it when the user went to another part of the editor. */
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
        // What is about to be removed loses its focus, too; it is known only when that has been done.
        queueMicrotask(() => {
          this.#letGo();
        });
      },
      { signal },
    );
    // What the editor takes the focus from does not get it back by itself.
    window.addEventListener('blur', () => (this.#left = this.#last), { signal });
    window.addEventListener('focus', () => this.#comeBack(), { signal });
    return () => {
      ending.abort();
      observer.disconnect();
    };
  }

  /** Where the user has taken the focus away, nothing brings it back. */
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

  /** A window that is not in use must not take the focus from another; it is looked after on return. */
  #keep(): void {
    if (this.#held && hasNone() && document.hasFocus() && !canHold(this.#held.element)) {
      const next = successorOf(this.#held) ?? this.#otherwise();
      this.#held = undefined;
      // A long answer would jump to its beginning.
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
    // The step to the version at an end has no further one; the step back stands beside it.
    const beside = [...(same.parentElement?.querySelectorAll('button') ?? [])];
    return same.disabled ? beside.find(({ disabled }) => !disabled) : same;
  }
  return member?.matches('article') ? member : buttons.at(-1);
}
