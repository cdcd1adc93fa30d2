import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { AttachmentView } from '../../protocol/chatView.ts';
import { count } from '../shared/units.ts';
import { usePage } from '../shared/page.ts';
import { Icon } from '../shared/Icon.tsx';

/** A question's attachments. */
interface AttachmentListProps {
  readonly attachments: readonly AttachmentView[];
  /** Whether the items can be removed. */
  readonly removable?: boolean;
}

/** Lists attached items with their sizes. */
export function AttachmentList({ attachments, removable = false }: AttachmentListProps): JSX.Element | null {
  const {
    host: { post },
    narrator,
  } = usePage();
  if (attachments.length === 0) {
    return null;
  }
  return (
    <ul class="attachments" aria-label={t('Attached context')}>
      {attachments.map(({ id, label, tokens, size, redacted, instructions, withSecrets }) => (
        <li key={id} class="attachment">
          <Icon name={tokens === undefined ? 'file-media' : instructions ? 'note' : 'file-code'} />
          <span class="attachment-label" title={titleOf(label, instructions)}>
            {label}
          </span>
          <span class="attachment-tokens">
            {tokens === undefined ? (
              size
            ) : (
              <>
                {count(tokens)} <span class="unit">{tokens === 1 ? t('token') : t('tokens')}</span>
              </>
            )}
          </span>
          {redacted !== undefined && (
            <span class="attachment-redacted" title={t('Keys, tokens, and passwords were redacted')}>
              <Icon name="warning" />
              {t('{0} redacted', count(redacted))}
            </span>
          )}
          {withSecrets === true && (
            <span class="attachment-redacted" title={t('Includes keys, tokens, and passwords')}>
              <Icon name="warning" />
              {t('with secrets')}
            </span>
          )}
          {removable && redacted !== undefined && instructions === undefined && (
            <button
              type="button"
              class="quiet"
              aria-label={t('Include secrets in {0}', label)}
              title={t('Include redacted values')}
              onClick={() => {
                post({ type: 'includeSecrets', id });
              }}
            >
              <Icon name="eye" />
            </button>
          )}
          {removable && (
            <button
              type="button"
              class="quiet"
              aria-label={t('Remove {0}', label)}
              title={t('Remove {0}', label)}
              onClick={() => {
                post({ type: 'removeAttachment', id });
                narrator.say(t('{0} removed.', label));
              }}
            >
              <Icon name="close" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function titleOf(label: string, instructions: AttachmentView['instructions']): string {
  if (instructions === undefined) {
    return label;
  }
  return instructions === 'user'
    ? t('{0}: sent with every question (from your settings)', label)
    : t('{0}: sent with every question (workspace instructions)', label);
}
