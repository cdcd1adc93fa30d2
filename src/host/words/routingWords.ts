import { t } from '@vscode/l10n';
import type { RoutingReport } from '../../core/conversation/message.ts';
import { formatNumber } from '../platform/formats.ts';

/** So many names are read; of more, the first ones stand for all. */
const maxNames = 8;

/** How the service chose who answered, in sentences. */
export function routingWords(
  { strategy, summary, region, endpoints, providers = [], task }: RoutingReport,
  provider: string | undefined,
): readonly string[] {
  const sentences = [
    strategy === undefined ? undefined : strategyWords(strategy),
    task === undefined ? undefined : t('It took the task for "{0}".', task),
    choiceWords(endpoints ?? providers.length, providers, provider),
    region === undefined ? undefined : t('Region: {0}.', region),
    summary === undefined ? undefined : t('OpenRouter says: {0}', summary),
  ];
  return sentences.filter((each) => each !== undefined);
}

function strategyWords(strategy: string): string {
  switch (strategy) {
    case 'direct':
      return t('You asked for this model directly.');
    case 'auto':
      return t('The Auto Router chose the model.');
    case 'free':
      return t('A router chose among the free models.');
    case 'latest':
    case 'alias':
      return t('The requested name stands for this model.');
    case 'fallback':
      return t('A fallback model answered because the first one failed.');
    default:
      return t('Routing strategy: {0}.', strategy);
  }
}

function choiceWords(
  count: number,
  providers: readonly string[],
  provider: string | undefined,
): string | undefined {
  if (provider === undefined || count === 0) {
    return undefined;
  }
  if (count === 1) {
    return t('{0} was the only endpoint that could answer this request.', provider);
  }
  const names = [...providers.slice(0, maxNames), ...(providers.length > maxNames ? ['…'] : [])].join(', ');
  return names === ''
    ? t('{0} was chosen among {1} endpoints.', provider, formatNumber(count))
    : t(
        '{0} was chosen among {1} endpoints ({2}), by price, speed, and your routing.',
        provider,
        formatNumber(count),
        names,
      );
}
