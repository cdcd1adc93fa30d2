import type { Secret } from '../redaction.ts';
import { cookies, credentials, encodedKeys, jsonWebKeys, kubeSecrets } from './credentials.ts';
import { keyBlocks } from './keyBlocks.ts';
import { namedValues } from './namedValues.ts';
import type { Rule } from './rule.ts';
import { urlCredentials } from './urls.ts';
import { viewsOf, withoutLeads, type View } from './views.ts';
import { tokenForms, vendorKeys, webTokens } from './vendorKeys.ts';

/** From the most certain to the least: of two that find the same, the first says what it is. */
const rules: readonly Rule[] = [
  keyBlocks,
  vendorKeys,
  tokenForms,
  webTokens,
  encodedKeys,
  urlCredentials,
  credentials,
  jsonWebKeys,
  kubeSecrets,
  namedValues,
  cookies,
];

/** What they find may begin or end with its line. */
const rulesOfLines: readonly Rule[] = [keyBlocks, credentials, kubeSecrets, namedValues];

/** Finds secrets that people leave in their work by mistake, also in strings, HTML, diffs, and comments. */
export function findSecrets(text: string): readonly Secret[] {
  const found = rules.flatMap((rule) => Array.from(rule(text)));
  for (const view of viewsOf(text)) {
    found.push(...foundIn(view, rules), ...foundIn(withoutLeads(view.text), rulesOfLines, view));
  }
  found.push(...foundIn(withoutLeads(text), rulesOfLines));
  // The same is mostly found in each of them; what it is said to be first is the most certain.
  const seen = new Set<string>();
  return found.filter(({ start, end }) => {
    const place = `${String(start)}-${String(end)}`;
    return !seen.has(place) && seen.add(place);
  });
}

/** What is found in a view, at its places in the original. */
function foundIn(view: View | undefined, by: readonly Rule[], outer?: View): readonly Secret[] {
  const placeOf = (at: number): number => {
    const place = view?.placeOf(at) ?? at;
    return outer?.placeOf(place) ?? place;
  };
  return view === undefined
    ? []
    : by.flatMap((rule) =>
        Array.from(rule(view.text), ({ start, end, kind }) => ({
          ...{ start: placeOf(start), end: placeOf(end - 1) + 1, kind },
        })),
      );
}
