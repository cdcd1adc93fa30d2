import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { usePage } from '../shared/page.ts';
import { ActionButton } from './MessageActions.tsx';

/** An embedded image in an answer's text; it can be saved. */
export function DataImage({ source, alt }: { readonly source: string; readonly alt: string }): JSX.Element {
  const { post } = usePage().host;
  return (
    <span class="data-image">
      <img src={source} alt={alt} />
      <ActionButton
        icon="save"
        label={t('Save image')}
        onClick={() => {
          post({ type: 'saveImage', image: source });
        }}
      />
    </span>
  );
}
