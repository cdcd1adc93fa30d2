import type { JSX } from 'preact';
import { usePage } from './page.ts';

/** The live region. The conversation itself is silent, or it would be read token by token. */
export function Announcer(): JSX.Element {
  const { turn, words } = usePage().narrator.spoken.value;
  return (
    <div class="spoken" aria-live="polite" aria-atomic="true">
      <span key={turn}>{words}</span>
    </div>
  );
}
