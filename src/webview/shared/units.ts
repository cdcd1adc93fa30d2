import { t } from '@vscode/l10n';

/** Making one takes long, and a table needs many. */
const made = new Map<string, Intl.NumberFormat>();

/** The words of the page are in this language, so its numbers are too. */
function format(value: number, options: Intl.NumberFormatOptions): string {
  const language = t('en');
  const key = `${language} ${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.NumberFormat(language, options);
  made.set(key, known);
  return known.format(value);
}

/** Seconds with one or two decimals. */
export function seconds(milliseconds: number): string {
  const value = milliseconds / 1_000;
  const decimals = value < 1 ? 2 : 1;
  return t('{0} s', format(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
}

/** A number with grouped thousands. */
export function count(value: number): string {
  return format(value, { maximumFractionDigits: 0 });
}

/** A share in percent. */
export function percent(share: number): string {
  const style = { style: 'percent', maximumFractionDigits: 0 } as const;
  return share > 0 && share < 0.01 ? `<${format(0.01, style)}` : format(share, style);
}
