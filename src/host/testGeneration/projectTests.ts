import * as vscode from 'vscode';
import { cut, joined, verbatim, type CleanItem, type CleanText } from '../../core/context/clean.ts';
import { estimateTokens } from '../../core/context/contextItem.ts';
import {
  manifestsFor,
  testFrameworkOf,
  type Manifest,
  type TestFramework,
} from '../../core/prompts/testFramework.ts';
import type { TestsInput } from '../../core/prompts/writeTests.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import type { GivenCode } from '../prompts/givenCode.ts';

/** How a file's project tests. */
export interface ProjectTests {
  readonly framework: TestFramework;
  /** The manifest's folder; commands run there. */
  readonly folder: vscode.Uri;
}

/** How many parent folders are searched. */
const maxFolders = 20;

/** A larger file is data rather than a manifest or example. */
const maxBytes = 200_000;

/** How many tests are compared. */
const maxCandidates = 200;

/** How much of an example is sent, in characters. */
const maxExampleLength = 16_000;

const otherPeoplesCode = '**/{node_modules,bower_components,vendor,dist,build,out,target,venv,.venv}/**';

/** Looks for manifests from a file's folder up to the workspace folder; the nearest with a framework wins. */
export async function findProjectTests(
  document: vscode.TextDocument,
  root: vscode.Uri,
): Promise<ProjectTests | undefined> {
  const globs = manifestsFor(document.languageId);
  let guess: ProjectTests | undefined;
  for (const folder of foldersAbove(document.uri, root)) {
    const framework = testFrameworkOf(document.languageId, await manifestsIn(folder, globs));
    if (framework && !framework.isGuess) {
      return { framework, folder };
    }
    guess ??= framework && { framework, folder };
  }
  return guess;
}

function foldersAbove(file: vscode.Uri, root: vscode.Uri): readonly vscode.Uri[] {
  const folders: vscode.Uri[] = [];
  for (
    let at = vscode.Uri.joinPath(file, '..');
    folders.length < maxFolders;
    at = vscode.Uri.joinPath(at, '..')
  ) {
    folders.push(at);
    if (at.path === root.path || at.path === '/') {
      break;
    }
  }
  return folders;
}

async function manifestsIn(folder: vscode.Uri, globs: readonly string[]): Promise<readonly Manifest[]> {
  const patterns = globs.map(
    (glob) =>
      new RegExp(
        `^${glob
          .split('*')
          .map((part) => part.replaceAll('.', '\\.'))
          .join('.*')}$`,
      ),
  );
  const manifests: Manifest[] = [];
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    if ((type & vscode.FileType.File) !== 0 && patterns.some((pattern) => pattern.test(name))) {
      manifests.push({ name, text: (await readText(vscode.Uri.joinPath(folder, name))) ?? '' });
    }
  }
  return manifests;
}

/** What the model is shown to write tests: the code, and a test of the project that shows how they are written here. */
export async function testsInput(
  { document, items }: Pick<GivenCode, 'document' | 'items'>,
  within: {
    readonly folder: vscode.Uri;
    readonly project: ProjectTests | undefined;
    readonly questions: QuestionGuard;
  },
): Promise<TestsInput> {
  const { folder, project, questions } = within;
  const example = project && (await exampleTest(document, project, folder, questions));
  const paths = joined([...new Set(items.map(({ path }) => path))], ', ');
  const like = example
    ? verbatim` ${example.path} shows how tests are written here; it is no code to test.`
    : verbatim``;
  return {
    items: example ? [...items, example] : items,
    ...(project && { framework: await questions.cleanText(project.framework.name) }),
    instruction: verbatim`Write tests for the code of ${paths}, in new files beside the tests that there are.${like}`,
  };
}

/** An example test: the one with the same name, or else the nearest. */
async function exampleTest(
  document: vscode.TextDocument,
  { framework }: ProjectTests,
  root: vscode.Uri,
  questions: QuestionGuard,
): Promise<CleanItem | undefined> {
  const { isExcluded } = questions.bounds();
  for (const file of await candidates(framework.tests, document.uri, root)) {
    const text = (await isExcluded(file)) ? undefined : await readText(file);
    if (text !== undefined && text.trim() !== '') {
      const path = vscode.workspace.asRelativePath(file);
      const whole = {
        id: crypto.randomUUID(),
        label: path,
        path,
        languageId: document.languageId,
        text,
        tokens: 0,
      };
      // Cut after redaction, because half a secret isn't recognized.
      const clean = await questions.cleanItem(whole);
      const shown = cutAfterLine(clean.text);
      return { ...clean, text: shown, tokens: estimateTokens(shown) };
    }
  }
  return undefined;
}

/** The tests matched by the first successful glob, nearest first. */
async function candidates(
  globs: readonly string[],
  source: vscode.Uri,
  root: vscode.Uri,
): Promise<readonly vscode.Uri[]> {
  for (const glob of globs) {
    const pattern = new vscode.RelativePattern(root, glob);
    const found = await vscode.workspace.findFiles(pattern, otherPeoplesCode, maxCandidates);
    if (found.length > 0) {
      return nearestFirst(found, source);
    }
  }
  return [];
}

function nearestFirst(files: readonly vscode.Uri[], source: vscode.Uri): readonly vscode.Uri[] {
  const stem = stemOf(source).toLowerCase();
  const weigh = (file: vscode.Uri): number => {
    const [one, other] = [file.path.split('/'), source.path.split('/')];
    const shared = one.findIndex((segment, index) => segment !== other[index]);
    return (stemOf(file).toLowerCase().includes(stem) ? 1_000 : 0) + shared;
  };
  return files
    .filter(({ path }) => path !== source.path)
    .map((file) => ({ file, weight: weigh(file) }))
    .sort((one, other) => other.weight - one.weight || (one.file.path < other.file.path ? -1 : 1))
    .map(({ file }) => file);
}

function stemOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1).split('.', 1)[0] ?? '';
}

function cutAfterLine(text: CleanText): CleanText {
  const end = text.lastIndexOf('\n', maxExampleLength);
  return text.length <= maxExampleLength ? text : cut(text, 0, end < 0 ? 0 : end + 1);
}

/** A file's text on disk; absent if too large or unreadable. */
async function readText(file: vscode.Uri): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(file)).size > maxBytes) {
      return undefined;
    }
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return text.includes('\0') ? undefined : text;
  } catch {
    // It was deleted meanwhile.
    return undefined;
  }
}
