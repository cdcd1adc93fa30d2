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
            <summary>Details</summary>
            <pre>{alert.detail}</pre>
          </details>
        )}
        {alert.remedies.length > 0 && (
          <div class="alert-remedies">
            {alert.remedies.map(({ kind, label }, index) => (
              <button
                key={kind}
                type="button"
                class={index === 0 && kind !== 'dismiss' ? 'primary' : 'secondary'}
                onClick={() => {
                  post({ type: 'remedy', alertId: alert.id, kind });
                }}
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
