import type { JSX } from 'preact';
import type { AttachmentView } from '../../protocol/chatView.ts';
import { usePost } from './context.ts';
import { Icon } from './Icon.tsx';

/** What goes, or went, with a question. */
interface AttachmentListProps {
  readonly attachments: readonly AttachmentView[];
  /** Whether the items can still be taken away. */
  readonly removable?: boolean;
}

/** Lists attached items with their size. */
export function AttachmentList({ attachments, removable = false }: AttachmentListProps): JSX.Element | null {
  const post = usePost();
  if (attachments.length === 0) {
    return null;
  }
  return (
    <ul class="attachments" aria-label="Attached context">
      {attachments.map(({ id, label, tokens }) => (
        <li key={id} class="attachment">
          <Icon name="file-code" />
          <span class="attachment-label">{label}</span>
          <span class="attachment-tokens">{tokens.toLocaleString('en-US')} tokens</span>
          {removable && (
            <button
              type="button"
              class="quiet"
              aria-label={`Remove ${label}`}
              title={`Remove ${label}`}
              onClick={() => {
                post({ type: 'removeAttachment', id });
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
