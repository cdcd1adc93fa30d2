import type { ChatDelta, TranscriptView } from './chatView.ts';
import type { ColorAnswer } from './codeColors.ts';
import type { SuggestionView } from './suggestions.ts';

/** Everything the host may say to the panel. A snapshot answers `ready`; deltas follow it without a gap. */
export type ToWebview =
  | { readonly type: 'snapshot'; readonly view: TranscriptView }
  | { readonly type: 'delta'; readonly delta: ChatDelta }
  /**
   * Puts the caret into the composer, after a command has opened the panel. Where the panel had to be drawn first, the
   * user may have gone on elsewhere: then it waits for them.
   */
  | { readonly type: 'focusComposer'; readonly late?: boolean }
  /** The question that was sent last is not asked after all; why, an alert or a dialog has said. */
  | { readonly type: 'notAsked' }
  /** A question in other words was not asked after all: they go back to where they were written. */
  | { readonly type: 'editRefused'; readonly messageId: string; readonly text: string }
  /** Brings a message of the chat that is shown into view, at the words that were searched for. */
  | { readonly type: 'showMessage'; readonly messageId: string; readonly search: string }
  /** Gives the words of a withdrawn question back to the composer. */
  | { readonly type: 'giveBack'; readonly text: string }
  | { readonly type: 'colored'; readonly answer: ColorAnswer }
  /** What fits the letters after `@` or `/`. */
  | { readonly type: 'suggestions'; readonly id: number; readonly items: readonly SuggestionView[] }
  /** The editor has another theme: whatever has colors must be asked for again. */
  | { readonly type: 'colorsChanged' }
  /** Paths that were asked for and lead to a file; those of one question may come one by one. */
  | { readonly type: 'foundFiles'; readonly id: string; readonly paths: readonly string[] };
