import { t } from '@vscode/l10n';
import type { JSX, RefObject, TargetedEvent, TargetedInputEvent, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { attachFrom, attachLongText, holdsFiles, isLongText } from './dropped.ts';
import { usePage } from '../shared/page.ts';
import { useComposing, type ComposingParts } from './composing.ts';
import { SuggestionList, suggestionListId, suggestionRowId } from './SuggestionList.tsx';

type Box = HTMLTextAreaElement;

/** The text box of a question. `@` suggests context, `/` commands. */
export function QuestionBox({
  box,
  onSend,
}: {
  readonly box: RefObject<Box | null>;
  readonly onSend: () => void;
}): JSX.Element {
  const { host, store, narrator } = usePage();
  const { draft, suggestions } = useComposing();
  const focusRequest = store.focusRequests.value;
  const list = suggestions.list.value;
  useLayoutEffect(() => {
    if (focusRequest > 0) {
      box.current?.focus();
    }
  }, [focusRequest]);
  const take = (index?: number): void => {
    const taken = suggestions.take(draft.text.peek(), index);
    if (taken && box.current) {
      draft.type(taken.text);
      // Setting the text moves the caret to its end.
      box.current.value = taken.text;
      box.current.setSelectionRange(taken.caret, taken.caret);
    }
  };
  const look = ({ currentTarget: { value, selectionStart } }: TargetedEvent<Box>): void => {
    suggestions.look(value, selectionStart);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<Box>): void => {
    if (event.isComposing) {
      return;
    }
    if (list && leadList(event, suggestions, take)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (!event.repeat) {
        onSend();
      }
    }
  };
  return (
    <>
      {list && <SuggestionList list={list} onTake={take} />}
      <textarea
        ref={box}
        aria-label={t('Message')}
        placeholder={t('Ask about your code')}
        rows={1}
        value={draft.text.value}
        aria-autocomplete="list"
        {...(list && {
          'aria-controls': suggestionListId,
          'aria-activedescendant': suggestionRowId(list.focused),
        })}
        onFocus={() => {
          host.post({ type: 'composing' });
        }}
        onBlur={() => {
          suggestions.close();
        }}
        onInput={(event: TargetedInputEvent<Box>) => {
          draft.type(event.currentTarget.value);
          look(event);
        }}
        onClick={() => {
          suggestions.close();
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const data = event.clipboardData;
          const text = data?.getData('text/plain') ?? '';
          if (isLongText(text)) {
            event.preventDefault();
            void attachLongText(text, host);
            return;
          }
          // A spreadsheet table is pasted as text and as an image; the text is meant.
          if (data && holdsFiles(data) && text === '') {
            event.preventDefault();
            void attachFrom(data, host, (words) => {
              narrator.say(words);
            });
          }
        }}
      />
    </>
  );
}

/** The keys that an open list handles; returns whether this was one. */
function leadList(
  { key, shiftKey }: TargetedKeyboardEvent<Box>,
  suggestions: ComposingParts['suggestions'],
  take: () => void,
): boolean {
  switch (key) {
    case 'ArrowDown':
      suggestions.move(1);
      return true;
    case 'ArrowUp':
      suggestions.move(-1);
      return true;
    case 'Enter':
    case 'Tab':
      if (shiftKey) {
        return false;
      }
      take();
      return true;
    case 'Escape':
      suggestions.dismiss();
      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'Home':
    case 'End':
      // The caret moved away; the suggestion started there no longer applies.
      suggestions.close();
      return false;
    default:
      return false;
  }
}
