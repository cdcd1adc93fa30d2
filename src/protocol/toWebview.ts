import type { ChatDelta, TranscriptView } from './chatView.ts';
import type { ColorAnswer } from './codeColors.ts';
import type { SuggestionView } from './suggestions.ts';

/** Everything the host may send to the panel. A snapshot answers `ready`; gapless deltas follow. */
export type ToWebview =
  | { readonly type: 'snapshot'; readonly view: TranscriptView }
  | { readonly type: 'delta'; readonly delta: ChatDelta }
  /**
   * Focuses the composer after a command has opened the panel. If the panel had to be rendered first, the user may have
   * moved on: then it waits for them.
   */
  | { readonly type: 'focusComposer'; readonly late?: boolean }
  /** The last question isn't sent after all; an alert or dialog has said why. */
  | { readonly type: 'notAsked' }
  /** An edited question wasn't sent after all: its words return to the edit box. */
  | { readonly type: 'editRefused'; readonly messageId: string; readonly text: string }
  /** Scrolls to a message, at the words that were searched for. */
  | { readonly type: 'showMessage'; readonly messageId: string; readonly search: string }
  /** Returns a withdrawn question's words to the composer. */
  | { readonly type: 'giveBack'; readonly text: string }
  | { readonly type: 'colored'; readonly answer: ColorAnswer }
  /** Suggestions for the text after `@` or `/`. */
  | { readonly type: 'suggestions'; readonly id: number; readonly items: readonly SuggestionView[] }
  /** The theme changed: colors must be requested again. */
  | { readonly type: 'colorsChanged' }
  /** Requested paths that lead to a file; those of one question may arrive one at a time. */
  | { readonly type: 'foundFiles'; readonly id: string; readonly paths: readonly string[] };
