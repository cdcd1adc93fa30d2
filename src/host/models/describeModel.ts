import { t } from '@vscode/l10n';
import type { Capability, Model } from '../../core/model/model.ts';
import { otherPriceWords, priceWords } from '../words/priceWords.ts';
import { formatTokens } from '../platform/formats.ts';

/** A model in one line: context, input and output price, capabilities, and other prices. */
export function describeModel({ contextLength, pricing, capabilities }: Model): string {
  const context = contextLength === undefined ? undefined : t('{0} context', formatTokens(contextLength));
  const abilities = capabilities.length === 0 ? undefined : capabilities.map(capabilityWords).join(', ');
  return [context, priceWords(pricing), abilities, ...otherPriceWords(pricing)]
    .filter((each) => each !== undefined)
    .join(' · ');
}

/** A capability in words. */
export function capabilityWords(capability: Capability): string {
  switch (capability) {
    case 'tools':
      return t('tools');
    case 'structured output':
      return t('structured output');
    case 'reasoning':
      return t('reasoning');
    case 'images':
      return t('images');
    case 'files':
      return t('files');
    case 'audio':
      return t('audio');
    default:
      return capability satisfies never;
  }
}
