import type * as vscode from 'vscode';
import type { ChatController } from '../chat/chatController.ts';
import { remedies } from '../report.ts';
import { attachGathered } from './attachGathered.ts';
import { attachUri } from './attachUri.ts';
import { chooseFile, chooseFolder } from './chosenFile.ts';
import { activeEditor, fileContext, selectionContext } from './selection.ts';
import { findRepository, gitContext, type GitDifference } from './sources/git.ts';
import { openDocuments, openEditorsContext } from './sources/openEditors.ts';
import { problemCount, problemsContext } from './sources/problems.ts';
import { pickSymbol } from './sources/symbols.ts';

/** Something that can go with the next question here and now. */
export interface Offer {
  readonly id: string;
  /** A codicon. */
  readonly icon: string;
  readonly label: string;
  readonly description?: string;
  readonly attach: (controller: ChatController) => Promise<void>;
}

/** What can be attached here and now, the nearest first. */
export async function offersHere(): Promise<readonly Offer[]> {
  const editor = activeEditor();
  return [
    ...(editor ? offersOfEditor(editor) : []),
    ...offersOfWorkspace(),
    ...(await offersOfGit()),
    {
      id: 'file',
      icon: 'file-add',
      label: 'File…',
      description: 'text, a picture, a PDF or a sound',
      attach: async (controller) => {
        await attachChosen(controller, await chooseFile());
      },
    },
    {
      id: 'folder',
      icon: 'folder',
      label: 'Folder…',
      description: 'its text files, as far as they fit',
      attach: async (controller) => {
        await attachChosen(controller, await chooseFolder());
      },
    },
  ];
}

function offersOfEditor(editor: vscode.TextEditor): readonly Offer[] {
  const { document } = editor;
  const selected = selectionContext(editor);
  const file = fileContext(document);
  const guarded = async (controller: ChatController, item: typeof file): Promise<void> => {
    if (!(await controller.questions.refuseFile(document.uri))) {
      await controller.attach(item);
    }
  };
  return [
    ...(selected
      ? [
          {
            id: 'selection',
            icon: 'selection',
            label: 'Selection',
            description: `${selected.label}, ${tokens(selected.tokens)}`,
            attach: (controller: ChatController) => guarded(controller, selected),
          },
        ]
      : []),
    {
      id: 'currentFile',
      icon: 'file-code',
      label: 'Current file',
      description: `${file.label}, ${tokens(file.tokens)}`,
      attach: (controller) => guarded(controller, file),
    },
    {
      id: 'symbol',
      icon: 'symbol-method',
      label: 'Symbol…',
      description: `a function or class of ${file.label}`,
      attach: async (controller) => {
        const item = await pickSymbol(document);
        if (item === 'none') {
          controller.raise({
            message: `No language tells the symbols of ${file.label}.`,
            remedies: [remedies.dismiss],
          });
        } else if (item) {
          await guarded(controller, item);
        }
      },
    },
  ];
}

function offersOfWorkspace(): readonly Offer[] {
  const [open, problems] = [openDocuments().length, problemCount()];
  return [
    ...(open > 1
      ? [
          {
            id: 'openEditors',
            icon: 'files',
            label: 'Open editors',
            description: `${String(open)} files`,
            attach: async (controller: ChatController) => {
              const gathered = await openEditorsContext(controller.questions.bounds());
              await attachGathered(controller, gathered, 'There is no text in the open editors.');
            },
          },
        ]
      : []),
    ...(problems > 0
      ? [
          {
            id: 'problems',
            icon: 'warning',
            label: 'Problems',
            description: `${String(problems)} that VS Code lists`,
            attach: async (controller: ChatController) => {
              const gathered = await problemsContext(controller.questions.bounds());
              await attachGathered(controller, gathered, 'There are no problems.');
            },
          },
        ]
      : []),
  ];
}

const differences: readonly (readonly [which: GitDifference, label: string, icon: string])[] = [
  ['staged', 'Staged changes', 'diff-added'],
  ['unstaged', 'Unstaged changes', 'diff'],
  ['commit', 'Commit…', 'git-commit'],
];

async function offersOfGit(): Promise<readonly Offer[]> {
  const repository = await findRepository();
  return repository
    ? differences.map(([which, label, icon]) => ({
        id: which,
        icon,
        label,
        attach: async (controller: ChatController) => {
          const gathered = await gitContext(repository, which, controller.questions.bounds());
          if (gathered) {
            await attachGathered(controller, gathered, `There is nothing in "${label}".`);
          }
        },
      }))
    : [];
}

async function attachChosen(controller: ChatController, uri: vscode.Uri | undefined): Promise<void> {
  if (uri) {
    await attachUri(controller, uri);
  }
}

function tokens(count: number): string {
  return `about ${count.toLocaleString('en-US')} tokens`;
}
