import { signal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { announce, type Told } from '../announcements.ts';
import type { ChatStore } from '../store.ts';

/** Tells assistive technology what arrives, in sentences. What was there when the panel opened is not read out. */
export function Announcer({ store }: { readonly store: ChatStore }): JSX.Element {
  const words = useMemo(() => signal(''), []);
  const told = useRef<Told | undefined>(undefined);
  const started = useRef(false);
  useSignalEffect(() => {
    const message = store.message(store.ids.value.at(-1) ?? '')?.value;
    const next = message && announce(message, told.current);
    if (next) {
      told.current = next.told;
      words.value = started.current ? next.words : '';
    }
    started.current ||= store.header.value !== undefined;
  });
  return (
    <div class="spoken" role="status" aria-live="polite">
      {words.value}
    </div>
  );
}
