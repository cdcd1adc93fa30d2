import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePage } from './page.ts';
import { Icon } from './Icon.tsx';

const confirmationMs = 1_500;

/** Copies and confirms it briefly: visibly here, in words for assistive technology. */
export function CopyButton({
  label,
  text,
}: {
  readonly label: string;
  readonly text: () => string;
}): JSX.Element {
  const { host, narrator } = usePage();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setCopied(false);
    }, confirmationMs);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  return (
    <button
      type="button"
      class="quiet"
      aria-label={label}
      title={copied ? t('Copied') : label}
      onClick={() => {
        host.post({ type: 'copy', text: text() });
        narrator.say(t('Copied.'));
        setCopied(true);
      }}
    >
      {copied && <span aria-hidden="true">{t('Copied')}</span>}
      <Icon name={copied ? 'check' : 'copy'} />
    </button>
  );
}
