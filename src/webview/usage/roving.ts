import type { TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';

/** Makes a chart's parts reachable by keyboard, and tracks the focused one. */
export interface Roving {
  /** The focused part. */
  readonly current: number | undefined;
  /** One part's attributes. */
  readonly of: (at: number) => {
    readonly tabindex: number;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly onMouseEnter: () => void;
    readonly onMouseLeave: () => void;
  };
  /** Moves between parts with arrow keys, Home, and End. */
  readonly onKeyDown: (event: TargetedKeyboardEvent<Element>) => void;
}

/** A chart is one tab stop; arrow keys move between its parts. */
export function useRoving(count: number): Roving {
  const [stop, setStop] = useState(0);
  const [current, setCurrent] = useState<number | undefined>(undefined);
  const first = Math.min(stop, count - 1);
  return {
    current,
    of: (at) => ({
      tabindex: at === first ? 0 : -1,
      onFocus: () => {
        setStop(at);
        setCurrent(at);
      },
      onBlur: () => setCurrent(undefined),
      onMouseEnter: () => setCurrent(at),
      onMouseLeave: () => setCurrent(undefined),
    }),
    onKeyDown: (event) => {
      const next = nextOf(event.key, first, count);
      if (next !== undefined) {
        event.preventDefault();
        const parts = event.currentTarget.querySelectorAll<HTMLElement | SVGElement>('[tabindex]');
        parts[next]?.focus();
      }
    },
  };
}

function nextOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
