import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { SourceView } from '../../protocol/answerParts.ts';
import { safeLink } from '../markdown/safeLink.ts';
import { usePart, type PartProps } from './answerPart.ts';

/** Cited web pages, each with its host. */
export function Sources(props: PartProps): JSX.Element {
  const { sources = [] } = usePart(props, 'sources').value ?? {};
  return (
    <details class="sources">
      <summary>{sources.length === 1 ? t('1 source') : t('{0} sources', sources.length)}</summary>
      <ol aria-label={t('Sources')}>
        {sources.map((source) => (
          <li key={source.url}>
            <SourceLink source={source} /> <span class="source-host">{hostOf(source.url)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function SourceLink({ source: { url, title } }: { readonly source: SourceView }): JSX.Element {
  const href = safeLink(url);
  return href === undefined ? (
    <>{title}</>
  ) : (
    <a href={href} title={href}>
      {title}
    </a>
  );
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
