import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { remedies } from '../words/report.ts';
import { attachGathered, type Attacher } from './attacher.ts';
import { attachUris } from './attachUris.ts';
import { chooseFile, chooseFolder } from './chosenFile.ts';
import { activeEditor, fileContext, selectionContext } from '../workspace/selection.ts';
import { findRepository, gitContext, type GitDifference } from './sources/git.ts';
import { openDocuments, openEditorsContext } from './sources/openEditors.ts';
import { problemCount, problemsContext } from './sources/problems.ts';
import { pickSymbol } from './sources/symbols.ts';
import { formatNumber } from '../platform/formats.ts';

/** Something that can be attached here and now. */
export interface Attachable {
  readonly id: string;
  /** A codicon. */
  readonly icon: string;
  readonly label: string;
  readonly description?: string;
  /** Whether it needs a list or dialog to choose from. */
  readonly asks?: boolean;
  readonly attach: (next: Attacher) => Promise<void>;
}

/** What can be attached here and now, nearest first. */
export async function attachablesHere(): Promise<readonly Attachable[]> {
  const editor = activeEditor();
  return [
    ...(editor ? attachablesOfEditor(editor) : []),
    ...attachablesOfWorkspace(),
    ...(await attachablesOfGit()),
    {
      id: 'file',
      icon: 'file-add',
      asks: true,
      label: t('File…'),
      description: t('text, image, PDF, or audio'),
      attach: async (next) => {
        await attachChosen(next, await chooseFile());
      },
    },
    {
      id: 'folder',
      icon: 'folder',
      asks: true,
      label: t('Folder…'),
      description: t('its text files, as many as fit'),
      attach: async (next) => {
        await attachChosen(next, await chooseFolder());
      },
    },
  ];
}

function attachablesOfEditor(editor: vscode.TextEditor): readonly Attachable[] {
  const { document } = editor;
  const selected = selectionContext(editor);
  const file = fileContext(document);
  const guarded = async (next: Attacher, item: typeof file): Promise<void> => {
    if (!(await next.questions.refuseFile(document.uri))) {
      await next.attach(item);
    }
  };
  return [
    ...(selected
      ? [
          {
            id: 'selection',
            icon: 'selection',
            label: t('Selection'),
            description: sized(selected),
            attach: (next: Attacher) => guarded(next, selected),
          },
        ]
      : []),
    {
      id: 'currentFile',
      icon: 'file-code',
      label: t('Current file'),
      description: sized(file),
      attach: (next) => guarded(next, file),
    },
    {
      id: 'symbol',
      icon: 'symbol-method',
      asks: true,
      label: t('Symbol…'),
      description: t('a function or class in {0}', file.label),
      attach: async (next) => {
        const item = await pickSymbol(document);
        if (item === 'none') {
          next.raise({
            severity: 'information',
            message: t('No language extension provides symbols for {0}.', file.label),
            remedies: [remedies.dismiss],
          });
        } else if (item) {
          await guarded(next, item);
        }
      },
    },
  ];
}

function attachablesOfWorkspace(): readonly Attachable[] {
  const [open, problems] = [openDocuments().length, problemCount()];
  return [
    ...(open > 1
      ? [
          {
            id: 'openEditors',
            icon: 'files',
            label: t('Open editors'),
            description: t('{0} files', formatNumber(open)),
            attach: async (next: Attacher) => {
              const gathered = await openEditorsContext(next.questions.bounds());
              await attachGathered(next, gathered, t('The open editors have no text.'));
            },
          },
        ]
      : []),
    ...(problems > 0
      ? [
          {
            id: 'problems',
            icon: 'warning',
            label: t('Problems'),
            description: t('{0} reported by VS Code', formatNumber(problems)),
            attach: async (next: Attacher) => {
              const gathered = await problemsContext(next.questions.bounds());
              await attachGathered(next, gathered, t('There are no problems.'));
            },
          },
        ]
      : []),
  ];
}

const differences = (): readonly (readonly [which: GitDifference, label: string, icon: string])[] => [
  ['staged', t('Staged changes'), 'diff-added'],
  ['unstaged', t('Unstaged changes'), 'diff'],
  ['commit', t('Commit…'), 'git-commit'],
];

async function attachablesOfGit(): Promise<readonly Attachable[]> {
  const repository = await findRepository();
  return repository
    ? differences().map(([which, label, icon]) => ({
        id: which,
        icon,
        label,
        asks: which === 'commit',
        attach: async (next: Attacher) => {
          const gathered = await gitContext(repository, which, next.questions.bounds());
          if (gathered) {
            await attachGathered(next, gathered, t('"{0}" is empty.', label));
          }
        },
      }))
    : [];
}

async function attachChosen(next: Attacher, uri: vscode.Uri | undefined): Promise<void> {
  if (uri) {
    await attachUris(next, [uri]);
  }
}

function sized({ label, tokens }: ReturnType<typeof fileContext>): string {
  return t('{0}, about {1} tokens', label, formatNumber(tokens));
}
