import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { SuggestionList as List } from './suggestions.ts';

/** The list's id for its text box. */
export const suggestionListId = 'suggestions';

/** A row's id. */
export function suggestionRowId(index: number): string {
  return `suggestion-${String(index)}`;
}

/** Suggestions for `@` or `/`. The text box keeps the focus. */
export function SuggestionList({
  list: { items, focused },
  onTake,
}: {
  readonly list: List;
  readonly onTake: (index: number) => void;
}): JSX.Element {
  const row = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    row.current?.scrollIntoView({ block: 'nearest' });
  }, [focused]);
  return (
    <ul class="suggestions" id={suggestionListId} role="listbox" aria-label={t('Suggestions')}>
      {items.map(({ id, label, detail, icon }, index) => (
        <li
          key={id}
          ref={index === focused ? row : null}
          id={suggestionRowId(index)}
          role="option"
          aria-selected={index === focused}
          class={index === focused ? 'focused' : undefined}
          onPointerDown={(event) => {
            // The text box keeps the focus.
            event.preventDefault();
            onTake(index);
          }}
        >
          <span class={`icon icon-${icon}`} aria-hidden="true" />
          <span class="suggestion-label">{label}</span>
          {detail !== undefined && <span class="suggestion-detail">{detail}</span>}
        </li>
      ))}
    </ul>
  );
}
