import { t } from '@vscode/l10n';
import type { FileRefusal } from '../../core/context/fileAccess.ts';

/** Why a file must be neither sent nor written; without a period, because the consequence follows. */
export function barrierWords(path: string, refusal: FileRefusal): string {
  if (refusal.why === 'outside') {
    return t('{0} leads out of the workspace', path);
  }
  return refusal.isLinked
    ? t('{0} leads to a file that is excluded by "{1}" in "switchboard.context.exclude"', path, refusal.glob)
    : t('{0} is excluded by "{1}" in "switchboard.context.exclude"', path, refusal.glob);
}
