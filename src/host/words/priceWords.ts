import { t } from '@vscode/l10n';
import { formatPrice } from '../../core/money/money.ts';
import { isFree, type PriceOverride, type Pricing } from '../../core/model/pricing.ts';
import { formatPercent, formatTokens } from '../platform/formats.ts';

/** A model's input and output price per million tokens. */
export function priceWords(pricing: Pricing | undefined): string | undefined {
  if (pricing === undefined) {
    return undefined;
  }
  if (pricing.kind === 'variable') {
    return t('price varies');
  }
  if (isFree(pricing)) {
    return t('free');
  }
  return t(
    '{0} input, {1} output per 1M tokens',
    formatPrice(pricing.prompt),
    formatPrice(pricing.completion),
  );
}

/** Other price notes: long prompts, times of day, discounts. */
export function otherPriceWords(pricing: Pricing | undefined): readonly string[] {
  if (pricing?.kind !== 'fixed') {
    return [];
  }
  const { overrides = [], discount } = pricing;
  return [
    ...overrides.map((override) => overrideWords(override, pricing)),
    ...(discount === undefined ? [] : [t('{0} off', formatPercent(discount))]),
  ];
}

/** When other prices apply, for example `over 200k tokens`. */
export function conditionWords({ minPromptTokens, hours }: PriceOverride): string {
  const conditions = [
    ...(minPromptTokens === undefined ? [] : [t('over {0} tokens', formatTokens(minPromptTokens))]),
    ...(hours === undefined ? [] : [t('{0}–{1} UTC', clockWords(hours.start), clockWords(hours.end))]),
  ];
  return conditions.join(', ');
}

function overrideWords(
  override: PriceOverride,
  base: { readonly prompt: number; readonly completion: number },
): string {
  const { prompt, completion } = { ...base, ...override.prices };
  return t(
    '{0}: {1} input, {2} output',
    conditionWords(override),
    formatPrice(prompt),
    formatPrice(completion),
  );
}

/** `1630` as `16:30`. */
function clockWords(clock: number): string {
  const digits = String(clock).padStart(4, '0');
  return `${digits.slice(0, -2)}:${digits.slice(-2)}`;
}
