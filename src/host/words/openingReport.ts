import { t } from '@vscode/l10n';
import type { Opening } from '../store/database.ts';
import { remedies, type Report } from './report.ts';

/** What a user is told of how the store was opened; nothing where all is well. */
export function reportOfOpening(opening: Opening, folder: string): Report | undefined {
  switch (opening.state) {
    case 'opened':
      return undefined;
    case 'damaged':
      return {
        message: t(
          'Your chat database was damaged. It was set aside, not deleted, and a new one was created.',
        ),
        detail: opening.aside,
        remedies: [remedies.dismiss],
      };
    case 'newer':
      return {
        severity: 'warning',
        message: t(
          'Your chats were saved by a newer version of Switchboard and are left untouched. New chats ' +
            "won't be saved until you update.",
        ),
        remedies: [remedies.dismiss],
      };
    case 'unavailable':
      return {
        severity: 'warning',
        message: t(
          "Your chat database can't be opened, so new chats will be lost when the window closes. " +
            'Export the chats you want to keep. When the file is writable again, reload the window.',
        ),
        detail: `${folder}: ${opening.reason}`,
        remedies: [remedies.dismiss],
      };
    default:
      return opening satisfies never;
  }
}
