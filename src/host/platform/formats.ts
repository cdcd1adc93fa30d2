import { t } from '@vscode/l10n';
import { language } from './language.ts';

/** Numbers, shares and times as the user writes them. Money looks the same everywhere; `core/money` writes it. */

/** Making one takes long, and lists need many. */
const made = new Map<string, Intl.NumberFormat>();

function format(value: number, options: Intl.NumberFormatOptions): string {
  const tag = language();
  const key = `${tag} ${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.NumberFormat(tag, options);
  made.set(key, known);
  return known.format(value);
}

/** What our languages write before the last three digits. */
const separators: Readonly<Partial<Record<string, string>>> = { en: ',', de: '.', ja: ',' };

/**
 * Whole numbers below a million, without `Intl`: they are drawn at start-up, where its first use costs the extension host
 * 8 MB.
 */
function plainNumber(value: number): string | undefined {
  const separator = separators[language()];
  return separator !== undefined && Number.isInteger(value) && value > 0 && value < 1_000_000
    ? String(value).replace(/(\d)(\d{3})$/, `$1${separator}$2`)
    : undefined;
}

/** A number with so many decimals, for example `1,482` or `99.9`. */
export function formatNumber(value: number, decimals = 0): string {
  const plain = decimals === 0 ? plainNumber(Math.round(value)) : undefined;
  return plain ?? format(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A number with a decimal only where it has one. */
export function formatShortNumber(value: number): string {
  const plain = plainNumber(Math.round(value * 10) / 10);
  return plain ?? format(value, { maximumFractionDigits: 1 });
}

/** A share in percent, for example `12%`; with its sign where it is a difference. */
export function formatPercent(
  share: number,
  {
    decimals = 0,
    signDisplay = 'auto',
  }: { readonly decimals?: number; readonly signDisplay?: 'auto' | 'always' } = {},
): string {
  return format(share, {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay,
  });
}

/** Milliseconds as seconds. */
export function formatSeconds(milliseconds: number, decimals: 1 | 2): string {
  return t('{0} s', formatNumber(milliseconds / 1_000, decimals));
}

/** `128k`, `1M`: a number of tokens at a glance. */
export function formatTokens(tokens: number): string {
  if (tokens >= 999_500) {
    return `${atAGlance(tokens / 1_000_000)}M`;
  }
  return tokens >= 1_000 ? `${atAGlance(tokens / 1_000)}k` : formatNumber(tokens);
}

function atAGlance(value: number): string {
  return value >= 10 ? formatNumber(value) : formatShortNumber(value);
}

/** A date or a time of day, in milliseconds since the epoch. */
export function formatTime(time: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), options).format(time);
}

/** The time of day to the minute. */
export function formatClock(time: number): string {
  return formatTime(time, { hour: '2-digit', minute: '2-digit' });
}
