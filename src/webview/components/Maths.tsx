import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { copyMathsAsTex } from '../copyMaths.ts';
import type { MathsToken } from '../markdown/maths.ts';

type DrawTex = (tex: string, element: HTMLElement, display: boolean) => boolean;

/** A formula in a line that is longer may be wider than the panel, and then scrolls by itself. */
const longTex = 40;

let loading: Promise<void> | undefined;
let drawTex: DrawTex | undefined;

/** A formula: its source at once, and its drawing as soon as what draws is there. */
export function Maths({ text, raw, display }: Omit<MathsToken, 'type'>): JSX.Element {
  const place = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState(false);
  useLayoutEffect(() => {
    let wanted = true;
    const draw = (): void => {
      if (wanted && place.current) {
        setDrawn(drawTex?.(text, place.current, display) ?? false);
      }
    };
    if (drawTex) {
      draw();
    } else {
      loading ??= load();
      void loading.then(draw);
    }
    return () => {
      wanted = false;
    };
  }, [text, display]);
  const block = display ? ({ role: 'group', 'aria-label': 'Formula', tabIndex: 0 } as const) : {};
  const size = display ? 'block' : text.length > longTex ? 'long' : 'short';
  return (
    <span class={`maths ${size}`} {...block}>
      <span ref={place} />
      <code hidden={drawn}>{raw.trim()}</code>
    </span>
  );
}

/** Only an answer with maths in it pays for what draws it. Without that chunk the sources stay. */
async function load(): Promise<void> {
  try {
    drawTex = (await import('../markdown/tex.ts')).drawTex;
    copyMathsAsTex();
  } catch {
    loading = undefined;
  }
}
