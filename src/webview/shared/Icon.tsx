import type { JSX } from 'preact';

/** The glyphs that `icons.css` uses from the codicon font. */
export type IconName =
  | 'add'
  | 'apply'
  | 'arrow-down'
  | 'attach'
  | 'check'
  | 'chevron-down'
  | 'chevron-left'
  | 'chevron-right'
  | 'chevron-up'
  | 'close'
  | 'copy'
  | 'edit'
  | 'error'
  | 'effort'
  | 'eye'
  | 'file-code'
  | 'file-media'
  | 'history'
  | 'info'
  | 'insert'
  | 'key'
  | 'new-file'
  | 'fork'
  | 'note'
  | 'open-preview'
  | 'refresh'
  | 'save'
  | 'selection'
  | 'send'
  | 'stop'
  | 'swap'
  | 'tools'
  | 'warning'
  | 'word-wrap';

/** A decorative icon beside words; hidden from assistive technology. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return <span class={`icon icon-${name}`} aria-hidden="true" />;
}
