import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import type { VersionsView } from '../../protocol/chatView.ts';
import { usePage } from '../shared/page.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';

/** A message's actions: a quiet row that is also reachable by keyboard. */
export function MessageActions({
  messageId,
  versions,
  children,
}: {
  readonly messageId: string;
  readonly versions?: VersionsView | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="message-actions">
      {versions && <VersionPicker messageId={messageId} versions={versions} />}
      {children}
    </div>
  );
}

/** A small icon button with a name. */
export function ActionButton({
  icon,
  label,
  disabled = false,
  onClick,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="quiet"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

function VersionPicker({
  messageId,
  versions: { shown, count },
}: {
  readonly messageId: string;
  readonly versions: VersionsView;
}): JSX.Element {
  const { post } = usePage().host;
  const show = (step: -1 | 1) => () => {
    post({ type: 'showVersion', messageId, step });
  };
  return (
    <>
      <ActionButton
        icon="chevron-left"
        label={t('Previous version')}
        disabled={shown === 1}
        onClick={show(-1)}
      />
      <span class="versions">
        <span aria-hidden="true">
          {shown}/{count}
        </span>
        <span class="spoken">{t('Version {0} of {1}', shown, count)}</span>
      </span>
      <ActionButton
        icon="chevron-right"
        label={t('Next version')}
        disabled={shown === count}
        onClick={show(1)}
      />
    </>
  );
}
