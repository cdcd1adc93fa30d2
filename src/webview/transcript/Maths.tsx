import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { MathsToken } from '../markdown/maths.ts';
import { useDrawing } from './drawing.ts';

/** A longer inline formula may be wider than the panel, and then scrolls. */
const longTex = 40;

/** A formula: its source at once, its rendering once the renderer is loaded. */
export function Maths({ text, raw, display }: Omit<MathsToken, 'type'>): JSX.Element {
  const { tex } = useDrawing();
  const place = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState(false);
  useLayoutEffect(() => {
    let wanted = true;
    tex.use((draw) => {
      if (wanted && place.current) {
        setDrawn(draw(text, place.current, display));
      }
    });
    return () => {
      wanted = false;
    };
  }, [tex, text, display]);
  const block = display ? ({ role: 'group', 'aria-label': t('Formula'), tabIndex: 0 } as const) : {};
  const size = display ? 'block' : text.length > longTex ? 'long' : 'short';
  return (
    <span class={`maths ${size}`} {...block}>
      <span ref={place} />
      <code hidden={drawn}>{raw.trim()}</code>
    </span>
  );
}
