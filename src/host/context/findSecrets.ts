import { extname } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { findOpenRouterKeys, type Secret } from '../../core/context/redaction.ts';

const config = {
  rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: recommended }],
};

/** Finds secrets that people commit by mistake, with secretlint's rules and one of our own. */
export async function findSecrets(text: string, path: string): Promise<readonly Secret[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath: path, ext: extname(path), contentType: 'text' },
    options: { config },
  });
  const found = messages.map(({ ruleId, range: [start, end] }) => ({ start, end, kind: kindOf(ruleId) }));
  return [...findOpenRouterKeys(text), ...found];
}

/** `@secretlint/secretlint-rule-database-connection-string` is a `database connection string`. */
function kindOf(ruleId: string): string {
  return ruleId.replace(/^.*secretlint-rule-/, '').replaceAll('-', ' ');
}
