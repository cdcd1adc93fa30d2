import { t } from '@vscode/l10n';
import { formatTokens } from '../../core/model/model.ts';
import { formatPrice } from '../../core/model/money.ts';
import { isFree, type PriceOverride, type Pricing } from '../../core/model/pricing.ts';

/** What a model costs, in and out per million tokens, also when the prompt is long or at some hours. */
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
  const { prompt, completion, overrides = [], discount } = pricing;
  const base = t('{0} in, {1} out per million', formatPrice(prompt), formatPrice(completion));
  const others = overrides.map((override) => overrideWords(override, { prompt, completion }));
  const off = discount === undefined ? [] : [t('{0} % off', Math.round(discount * 100))];
  return [base, ...others, ...off].join('; ');
}

/** When other prices hold, for example `over 200k tokens`. */
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
  return t('{0}: {1} in, {2} out', conditionWords(override), formatPrice(prompt), formatPrice(completion));
}

/** `1630` as `16:30`. */
function clockWords(clock: number): string {
  const digits = String(clock).padStart(4, '0');
  return `${digits.slice(0, -2)}:${digits.slice(-2)}`;
}
