import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { readJsonSchema, type JsonSchemaReading } from '../../core/prompts/structured/jsonSchema.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import { currentText } from '../workspace/currentText.ts';

/**
 * Reads the JSON Schema that a prompt file names, including unsaved text. It is sent to the model, so an excluded file
 * is refused, and secrets are redacted.
 */
export async function readSchemaFile(
  promptFile: vscode.Uri,
  path: string,
  questions: QuestionGuard,
): Promise<JsonSchemaReading | undefined> {
  const uri = schemaUri(promptFile, path);
  if (!uri) {
    return {
      state: 'broken',
      problem: t('It must be a path, relative to the prompt file, to a file in the workspace.'),
    };
  }
  if (await questions.refuseFile(uri)) {
    return undefined;
  }
  const text = await textOf(uri);
  return text === undefined
    ? { state: 'broken', problem: t("The file doesn't exist.") }
    : readJsonSchema(await questions.cleanText(text));
}

function schemaUri(promptFile: vscode.Uri, path: string): vscode.Uri | undefined {
  if (/^(?:[/\\]|[a-z]+:)/i.test(path)) {
    return undefined;
  }
  // An unsaved prompt file has no location yet.
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) =>
    promptFile.path.startsWith(`${uri.path}/`),
  );
  const from = folder ? folder.uri.with({ path: promptFile.path }) : promptFile;
  const uri = vscode.Uri.joinPath(from, '..', path.replaceAll('\\', '/'));
  return vscode.workspace.getWorkspaceFolder(uri) && uri;
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return await currentText(uri);
  } catch {
    // The caller says so.
    return undefined;
  }
}
