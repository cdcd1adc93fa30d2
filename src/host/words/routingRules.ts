import type { RoutingRule } from '../../core/model/routing.ts';

/** `zdr, ignore: a, b, max_price: {"prompt":1}`: rules as the setting has them. */
export function rulesInWords(rules: readonly RoutingRule[]): string {
  return rules
    .map(({ field, value }) => (value === true ? field : `${field}: ${valueWords(value)}`))
    .join(', ');
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(valueWords).join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
