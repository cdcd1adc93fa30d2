import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LengthProblem } from '../../core/conversation/session/chatLength.ts';
import { formatNumber } from '../platform/formats.ts';

/** What the user wants to do about a request that is too long. */
export type LengthChoice = 'leaveOut' | 'newChat' | 'send' | 'cancel';

/** Says that a request is too long for its model before anything is sent, and asks what to do. */
export async function confirmLength(
  { tokens, contextLength, oldest }: LengthProblem,
  model: string,
  offersNewChat: boolean,
): Promise<LengthChoice> {
  const [leaveOut, newChat, send] = [t('Leave Out the Oldest'), t('New Chat'), t('Send Anyway')];
  const [size, limit] = [formatNumber(tokens), formatNumber(contextLength)];
  const choice = await vscode.window.showWarningMessage(
    oldest > 0 ? t('This chat is too long for {0}.', model) : t('This question is too long for {0}.', model),
    {
      modal: true,
      detail:
        oldest > 0
          ? t(
              'About {0} tokens would be sent, and the model reads {1}. The oldest messages ({2}) can be left out of what is sent; they stay in the chat, and the answer says so. Nothing has been sent yet.',
              size,
              limit,
              formatNumber(oldest),
            )
          : t(
              'About {0} tokens would be sent, and the model reads {1}. Remove attachments, or switch to a model that reads more. Nothing has been sent yet.',
              size,
              limit,
            ),
    },
    ...(oldest > 0 ? [leaveOut] : []),
    ...(oldest > 0 && offersNewChat ? [newChat] : []),
    send,
  );
  const choices = new Map<string | undefined, LengthChoice>([
    [leaveOut, 'leaveOut'],
    [newChat, 'newChat'],
    [send, 'send'],
  ]);
  return choices.get(choice) ?? 'cancel';
}
