import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { remedies, type Report } from '../words/report.ts';
import { attachGathered, type Attacher } from './attacher.ts';
import { readChosenFile } from './chosenFile.ts';
import { folderContext } from './sources/folder.ts';
import { formatNumber } from '../platform/formats.ts';

/** More at once is a mistake; a folder says what of it fits. */
const maxAtOnce = 200;

/** Attaches files, and the text files of folders. Everything that can't be attached is listed in one alert. */
export async function attachUris(chat: Attacher, uris: readonly vscode.Uri[]): Promise<void> {
  const reports: Report[] = [];
  for (const uri of uris.slice(0, maxAtOnce)) {
    const report = await attachUri(chat, uri);
    reports.push(...(report ? [report] : []));
  }
  if (uris.length > maxAtOnce) {
    const more = uris.length - maxAtOnce;
    reports.push({
      message: t('Only {0} files can be attached at once; {1} were skipped.', maxAtOnce, formatNumber(more)),
      remedies: [remedies.dismiss],
    });
  }
  const report = reports.length > 1 ? together(reports) : reports[0];
  if (report) {
    chat.raise(report);
  }
}

/** Several refusals as one: their number, and the list on demand. */
function together(reports: readonly Report[]): Report {
  const ways = new Map(reports.flatMap((report) => report.remedies).map((remedy) => [remedy.kind, remedy]));
  return {
    message: t("{0} of the files can't be attached.", reports.length),
    detail: reports.map(({ message }) => message).join('\n'),
    remedies: [...ways.values()],
  };
}

async function attachUri(chat: Attacher, uri: vscode.Uri): Promise<Report | undefined> {
  try {
    const refusal = await chat.questions.refusalOfFile(uri);
    if (refusal) {
      return refusal;
    }
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) {
      const gathered = await folderContext(uri, chat.questions.bounds());
      const name = vscode.workspace.asRelativePath(uri);
      await attachGathered(chat, gathered, t('{0} has no text to attach.', name));
      return undefined;
    }
    return await attachFile(chat, uri);
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) {
      throw error;
    }
    return {
      message: t("{0} can't be read, so it wasn't attached.", vscode.workspace.asRelativePath(uri)),
      detail: error.message,
      remedies: [remedies.dismiss],
    };
  }
}

async function attachFile(chat: Attacher, uri: vscode.Uri): Promise<Report | undefined> {
  const file = await readChosenFile(uri, (name) => chat.questions.cleanText(name));
  switch (file.kind) {
    case 'text':
      await chat.attach(file.item);
      return undefined;
    case 'media':
      chat.attachMedia(file.item);
      return undefined;
    case 'refused':
      return { message: file.message, remedies: [remedies.dismiss] };
    default:
      return file satisfies never;
  }
}
