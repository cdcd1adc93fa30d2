import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateTokens } from '../../../core/context/contextItem.ts';
import { leftOutWords, type Bounds, type Gathered } from '../../workspace/gathered.ts';

/** More files than this aren't read. */
const maxFiles = 400;

/** A larger file is data rather than text. */
const maxBytes = 200_000;

/** A folder's text files as one item, one after another under their paths, as far as they fit. */
export async function folderContext(folder: vscode.Uri, bounds: Bounds): Promise<Gathered> {
  const pattern = new vscode.RelativePattern(folder, '**/*');
  const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', maxFiles + 1);
  const files = found.toSorted((one, other) => (one.path < other.path ? -1 : 1)).slice(0, maxFiles);
  const counts = { excluded: 0, 'not text': 0, 'too large': 0, 'beyond the limit': 0 };
  const texts: string[] = [];
  let tokens = 0;
  for (const file of files) {
    if (await bounds.isExcluded(file, folder)) {
      counts.excluded += 1;
      continue;
    }
    const text = await readText(file);
    if (typeof text !== 'string') {
      counts[text.because] += 1;
      continue;
    }
    const size = estimateTokens(text);
    if (tokens + size > bounds.tokens) {
      counts['beyond the limit'] += 1;
      continue;
    }
    tokens += size;
    texts.push(`${vscode.workspace.asRelativePath(file)}\n\n${text.trimEnd()}`);
  }
  const path = vscode.workspace.asRelativePath(folder);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const text = texts.join('\n\n---\n\n');
  const more = found.length > maxFiles ? t('everything after the first {0} files', maxFiles) : undefined;
  const leftOut = [leftOutWords(counts), more].filter((each) => each !== undefined).join(', ');
  const item = {
    id: crypto.randomUUID(),
    label: texts.length === 1 ? t('{0}/ (1 file)', name) : t('{0}/ ({1} files)', name, texts.length),
    path: `${path}/`,
    languageId: 'plaintext',
    text,
    tokens: estimateTokens(text),
  };
  return {
    items: texts.length === 0 ? [] : [item],
    ...(leftOut !== '' && { leftOut: `${name}/: ${leftOut}` }),
  };
}

async function readText(file: vscode.Uri): Promise<string | { readonly because: 'not text' | 'too large' }> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > maxBytes) {
    return { because: 'too large' };
  }
  // Unsaved text is taken from the editor.
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  const text = open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return text.includes('\0') ? { because: 'not text' } : text;
}
