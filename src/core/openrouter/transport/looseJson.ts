import { parseJson } from '../../util/json.ts';

/**
 * The JSON values that a text is made of: one, as a rule, or several that stand one behind the other. Absent for any
 * other text. `NaN` and its kin, which other languages write, are taken for nothing.
 */
export function jsonValuesIn(text: string): readonly unknown[] | undefined {
  const value = valueIn(text);
  return value === undefined ? severalIn(text) : [value];
}

function valueIn(text: string): unknown {
  const value = parseJson(text);
  return value === undefined && /NaN|Infinity/.test(text)
    ? parseJson(
        text.replace(/"(?:[^"\\]|\\[^]?)*(?:"|$)|-?\b(?:NaN|Infinity)\b/g, (found) =>
          found.startsWith('"') ? found : 'null',
        ),
      )
    : value;
}

/** Objects and lists without anything else between them. */
function severalIn(text: string): readonly unknown[] | undefined {
  const values: unknown[] = [];
  let [start, depth] = [0, 0];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\[^]?)*(?:"|$)|[{}[\]]/g)) {
    depth += token === '{' || token === '[' ? 1 : token === '}' || token === ']' ? -1 : 0;
    if (depth === 0) {
      const value = valueIn(text.slice(start, index + token.length));
      if (value === undefined) {
        return undefined;
      }
      values.push(value);
      start = index + token.length;
    }
  }
  return values.length > 0 && text.slice(start).trim() === '' ? values : undefined;
}
