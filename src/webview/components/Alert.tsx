import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { AlertView } from '../../protocol/chatView.ts';
import { usePanel } from './context.ts';
import { Icon } from './Icon.tsx';

/** A failure in plain words, the service's own words on demand, and a button for each way on. */
export function Alert({ alert }: { readonly alert: AlertView }): JSX.Element {
  const { post } = usePanel().host;
  return (
    <div class="alert" role="alert">
      <Icon name="error" />
      <div class="alert-body">
        <p>{alert.message}</p>
        {alert.detail !== undefined && (
          <details>
            <summary>{t('Details')}</summary>
            <pre>{alert.detail}</pre>
          </details>
        )}
        {alert.remedies.length > 0 && (
          <div class="alert-remedies">
            {alert.remedies.map((remedy, index) => (
              <button
                key={remedy.label}
                type="button"
                class={index === 0 && remedy.kind !== 'dismiss' ? 'primary' : 'secondary'}
                onClick={() => {
                  const { kind } = remedy;
                  const model = 'model' in remedy ? { model: remedy.model } : {};
                  post({ type: 'remedy', alertId: alert.id, kind, ...model });
                }}
              >
                {remedy.label}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
