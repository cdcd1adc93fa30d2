/** Formats an amount in cents, for example `1234` as `€12.34`. */
export function formatMoney(cents: number, currency = 'EUR', locale = 'en-IE'): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100);
}
