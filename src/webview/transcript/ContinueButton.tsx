import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { usePage } from '../shared/page.ts';

/** Continues an answer that was cut off. */
export function ContinueButton({ messageId }: { readonly messageId: string }): JSX.Element {
  const { post } = usePage().host;
  return (
    <button
      type="button"
      class="secondary"
      onClick={() => {
        post({ type: 'remedy', alertId: messageId, kind: 'continue' });
      }}
    >
      {t('Continue')}
    </button>
  );
}
