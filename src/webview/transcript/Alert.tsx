import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { AlertView } from '../../protocol/chatView.ts';
import { usePage } from '../shared/page.ts';
import { Icon } from '../shared/Icon.tsx';

const icons = { error: 'error', warning: 'warning', information: 'info' } as const;

/** A failure in plain words, the service's own words on demand, and a button for each remedy. */
export function Alert({ alert }: { readonly alert: AlertView }): JSX.Element {
  const {
    host: { post },
    narrator,
  } = usePage();
  const { severity = 'error', id, message, remedies } = alert;
  const waysOn = remedies.filter(({ kind }) => kind !== 'dismiss');
  const dismissal = remedies.find(({ kind }) => kind === 'dismiss');
  const isNotice = severity === 'information';
  useEffect(() => {
    // An interrupting alert announces itself by its role.
    if (isNotice) {
      narrator.say(message);
    }
  }, [isNotice, id, message]);
  return (
    <div class={`alert ${severity}`} role={isNotice ? 'note' : 'alert'}>
      <Icon name={icons[severity]} />
      <div class="alert-body">
        <p>{message}</p>
        {alert.detail !== undefined && (
          <details>
            <summary>{t('Details')}</summary>
            <pre>{alert.detail}</pre>
          </details>
        )}
        {waysOn.length > 0 && (
          <div class="alert-remedies">
            {waysOn.map((remedy, index) => (
              <button
                key={remedy.label}
                type="button"
                class={index === 0 ? 'primary' : 'secondary'}
                onClick={() => {
                  const { kind } = remedy;
                  const model = 'model' in remedy ? { model: remedy.model } : {};
                  post({ type: 'remedy', alertId: id, kind, ...model });
                }}
              >
                {remedy.label}
              </button>
            ))}
          </div>
        )}
      </div>
      {dismissal && (
        <button
          type="button"
          class="quiet"
          aria-label={dismissal.label}
          title={dismissal.label}
          onClick={() => {
            post({ type: 'remedy', alertId: id, kind: dismissal.kind });
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
