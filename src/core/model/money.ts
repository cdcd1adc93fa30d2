/**
 * Money inside Switchboard: whole micro-dollars (millionths of a US dollar), because sums of floating-point
 * dollars drift. The service speaks decimal numbers and strings; they are converted here, once.
 */
export type MicroDollars = number;

const microDollarsPerDollar = 1_000_000;

/** Reads an amount in US dollars as the service writes it (`"0.00000125"`, `7.48`). */
export function microDollarsFrom(dollars: string | number): MicroDollars | undefined {
  const value = typeof dollars === 'string' && dollars.trim() === '' ? NaN : Number(dollars);
  const amount = Math.round(value * microDollarsPerDollar);
  return Number.isFinite(amount) ? amount : undefined;
}

/** An exact cost, for example `$0.001234`. */
export function formatCost(amount: MicroDollars): string {
  return formatDollars(amount, 6);
}

/** A balance or a sum for the eye, for example `$7.48`. */
export function formatBalance(amount: MicroDollars): string {
  return formatDollars(amount, 2);
}

/** A price per million tokens, with as many decimals as it needs, for example `$1.25` or `$0.0375`. */
export function formatPrice(amount: MicroDollars): string {
  const [whole = '0', fraction = ''] = formatDollars(amount, 6).split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

function formatDollars(amount: MicroDollars, decimals: number): string {
  const step = 10 ** (6 - decimals);
  const units = Math.round(Math.abs(amount) / step);
  const digits = units.toString().padStart(decimals + 1, '0');
  const sign = amount < 0 && units > 0 ? '-' : '';
  return `${sign}$${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
