import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RoutingRule } from '../../core/model/routing.ts';
import { rulesInWords } from './routingRules.ts';

/**
 * Asks before a request goes without rules of the routing: always where they are private, and where they weren't named
 * beside the button. Returns those that it may go without; absent if the user cancels.
 */
export async function confirmRelaxing(
  rules: readonly RoutingRule[],
  areNamed: boolean,
): Promise<readonly RoutingRule[] | undefined> {
  const [secret, others] = [
    rules.filter(({ isPrivate }) => isPrivate),
    rules.filter(({ isPrivate }) => !isPrivate),
  ];
  if (secret.length === 0 && areNamed) {
    return rules;
  }
  const keep = t('Keep Privacy Rules');
  const drop = secret.length === 0 ? t('Send') : t('Drop Privacy Rules');
  const choice = await vscode.window.showWarningMessage(
    secret.length === 0
      ? t('Send this request once without these rules: {0}?', rulesInWords(others))
      : t('Send this request once without these privacy rules: {0}?', rulesInWords(secret)),
    {
      modal: true,
      ...(secret.length > 0 && {
        detail: [
          t('Your code may go to providers that these rules keep it from.'),
          ...(others.length > 0 ? [t('It also goes without: {0}.', rulesInWords(others))] : []),
        ].join(' '),
      }),
    },
    ...(secret.length > 0 && others.length > 0 ? [keep] : []),
    drop,
  );
  return choice === drop ? rules : choice === keep ? others : undefined;
}
