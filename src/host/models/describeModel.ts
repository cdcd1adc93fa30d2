import { t } from '@vscode/l10n';
import { formatTokens, type Capability, type Model } from '../../core/model/model.ts';
import { formatPrice } from '../../core/model/money.ts';

/** One line on a model: context length, price per million tokens in and out, and what it can do. */
export function describeModel({ contextLength, pricing, capabilities }: Model): string {
  const context = contextLength === undefined ? undefined : t('{0} context', formatTokens(contextLength));
  const abilities = capabilities.length === 0 ? undefined : capabilities.map(capabilityWords).join(', ');
  return [context, priceText(pricing), abilities].filter((each) => each !== undefined).join(' · ');
}

function priceText(pricing: Model['pricing']): string | undefined {
  if (pricing === undefined) {
    return undefined;
  }
  if (pricing.kind === 'variable') {
    return t('price varies');
  }
  const { prompt, completion } = pricing;
  return prompt === 0 && completion === 0
    ? t('free')
    : t('{0} in, {1} out per million', formatPrice(prompt), formatPrice(completion));
}

function capabilityWords(capability: Capability): string {
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
