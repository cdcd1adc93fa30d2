/**
 * Money in Switchboard: whole micro-dollars (millionths of a US dollar), because floating-point sums drift. The service
 * uses decimal numbers and strings; they are converted here, once.
 */
export type MicroDollars = number;

/**
 * Request costs: whole millionths of a micro-dollar. A request costs tokens times a price of a few millionths of a
 * dollar, so its cost has more decimals than a micro-dollar, and the service adds before it rounds. So do we: costs
 * keep all digits, sums are exact, and only displayed values are rounded. A price in micro-dollars per million tokens
 * is numerically the price of one token in this unit.
 */
export type PicoDollars = number;

const microDollarsPerDollar = 1_000_000;
const picoDollarsPerMicroDollar = 1_000_000;

/** Parses an amount in US dollars as the service writes it (`"0.00000125"`, `7.48`). */
export function microDollarsFrom(dollars: string | number): MicroDollars | undefined {
  const exact = picoDollarsFrom(dollars);
  // Floating-point noise is gone here, so half a micro-dollar always rounds up.
  return exact === undefined ? undefined : toMicroDollars(exact);
}

/** Parses a request's cost in US dollars, with all its digits. */
export function picoDollarsFrom(dollars: string | number): PicoDollars | undefined {
  const value = typeof dollars === 'string' && dollars.trim() === '' ? NaN : Number(dollars);
  const amount = Math.round(value * microDollarsPerDollar * picoDollarsPerMicroDollar);
  return Number.isFinite(amount) ? amount : undefined;
}

/** A cost or a sum of costs, rounded once. */
export function toMicroDollars(cost: PicoDollars): MicroDollars {
  return Math.round(cost / picoDollarsPerMicroDollar);
}

/** A limit, in the unit of costs. */
export function toPicoDollars(amount: MicroDollars): PicoDollars {
  return amount * picoDollarsPerMicroDollar;
}

/** A cost to the micro-dollar, for example `$0.001234`. */
export function formatCost(cost: PicoDollars): string {
  return formatDollars(toMicroDollars(cost), 6);
}

/** A cost in US dollars with all digits, at least six decimals, for example `0.0000104` or `0.001234`. */
export function exactDollars(cost: PicoDollars): string {
  const digits = Math.abs(cost).toString().padStart(13, '0');
  const decimals = digits.slice(-12).replace(/0{1,6}$/, '');
  return `${cost < 0 ? '-' : ''}${digits.slice(0, -12)}.${decimals}`;
}

/** A balance or sum for display, for example `$7.48`. */
export function formatBalance(amount: MicroDollars): string {
  return formatDollars(amount, 2);
}

/** A price per million tokens, with as many decimals as needed, for example `$1.25` or `$0.0375`. */
export function formatPrice(amount: MicroDollars): string {
  const [whole = '0', fraction = ''] = formatDollars(amount, 6).split('.');
  return `${whole}.${fraction.replace(/(?<!0)0+$/, '').padEnd(2, '0')}`;
}

function formatDollars(amount: MicroDollars, decimals: number): string {
  const step = 10 ** (6 - decimals);
  const units = Math.round(Math.abs(amount) / step);
  const digits = units.toString().padStart(decimals + 1, '0');
  const sign = amount < 0 && units > 0 ? '-' : '';
  return `${sign}$${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
