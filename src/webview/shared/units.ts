/** Seconds with one or two decimals, as people read them. */
export function seconds(milliseconds: number): string {
  const value = milliseconds / 1_000;
  return `${value.toFixed(value < 1 ? 2 : 1)} s`;
}

/** A number with its thousands apart. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A share in percent, as people read it. */
export function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 1 ? '<1 %' : `${String(Math.round(value))} %`;
}
