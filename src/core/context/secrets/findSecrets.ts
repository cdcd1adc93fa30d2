import type { Secret } from '../redaction.ts';
import { cookies, credentials, encodedKeys, jsonWebKeys, kubeSecrets } from './credentials.ts';
import { keyBlocks } from './keyBlocks.ts';
import { namedValues } from './namedValues.ts';
import type { Rule } from './rule.ts';
import { urlCredentials } from './urls.ts';
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

/** Finds secrets that people leave in their work by mistake. */
export function findSecrets(text: string): readonly Secret[] {
  return rules.flatMap((rule) => Array.from(rule(text)));
}
