import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SuggestionView } from '../../protocol/suggestions.ts';
import type { Attacher } from '../context/attacher.ts';
import { attachUris } from '../context/attachUris.ts';
import { attachablesHere, type Attachable } from '../context/attachables.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds, type CommandId } from '../platform/contributions.ts';
import { promptFilesHere } from '../workspace/promptFiles.ts';
import type { Whereabouts } from '../platform/restoreFocusAfter.ts';

/** How many files are listed; typing more finds others. */
const maxFiles = 20;

/** The commands that `/` lists, by their word. */
const commands = (): readonly (readonly [word: string, title: string, icon: string, id: CommandId])[] => [
  ['new', t('Start a new chat'), 'add', commandIds.newChat],
  ['model', t('Switch the model'), 'swap', commandIds.selectModel],
  ['effort', t('Choose the reasoning effort'), 'effort', commandIds.selectEffort],
  ['search', t('Search all chats'), 'history', commandIds.searchChats],
  ['editor', t('Open this chat in an editor tab'), 'open-preview', commandIds.openChatInEditor],
  ['attach', t('Attach context'), 'attach', commandIds.attachContext],
  ['preview', t('Preview what will be sent'), 'eye', commandIds.previewRequest],
  ['routing', t('Choose how requests are routed'), 'swap', commandIds.configureRouting],
  ['snippet', t('Generate a snippet'), 'file-code', commandIds.generateSnippet],
  ['export', t('Export this chat'), 'new-file', commandIds.exportChat],
  ['shortcuts', t('Show keyboard shortcuts'), 'key', commandIds.showShortcuts],
];

/** After these the user keeps writing; the others open their own UI or take time. */
const aside: ReadonlySet<CommandId> = new Set([
  commandIds.selectModel,
  commandIds.selectEffort,
  commandIds.searchChats,
  commandIds.attachContext,
  commandIds.configureRouting,
  commandIds.showShortcuts,
]);

interface Suggestion extends SuggestionView {
  readonly take: (next: Attacher) => Promise<Whereabouts>;
}

/** What `@` and `/` suggest in the composer: context, commands, and prompt files. */
export class Suggestions {
  /** All suggestions for the text after a sign: the user may pick from a list that is about to change. */
  readonly #offered = new Map<string, Suggestion>();

  /** The suggestions that match the typed text. */
  async suggest(trigger: '@' | '/', query: string): Promise<readonly SuggestionView[]> {
    if (query === '') {
      this.#offered.clear();
    }
    const fitting =
      trigger === '/'
        ? [...commandSuggestions(query), ...(await promptSuggestions(query))]
        : [...(await attachSuggestions(query)), ...(await fileSuggestions(query))];
    fitting.forEach((each) => this.#offered.set(each.id, each));
    return fitting.map(({ take: _take, ...view }) => view);
  }

  /** Runs the chosen suggestion and reports the result. */
  async take(id: string, next: Attacher): Promise<Whereabouts> {
    return this.#offered.get(id)?.take(next);
  }
}

function commandSuggestions(query: string): readonly Suggestion[] {
  return commands()
    .filter(([word]) => word.startsWith(query.toLowerCase()))
    .map(([word, detail, icon, id]) => ({
      id: `/${word}`,
      label: `/${word}`,
      detail,
      icon,
      take: async () => {
        await runCommand(id);
        return aside.has(id) ? undefined : 'arrived';
      },
    }));
}

/** The workspace's prompt files, if trusted. */
async function promptSuggestions(query: string): Promise<readonly Suggestion[]> {
  const files = await promptFilesHere();
  return files
    .filter(({ name }) => name.toLowerCase().startsWith(query.toLowerCase()))
    .map(({ uri, name, description }) => ({
      id: `/${uri.toString()}`,
      label: `/${name}`,
      icon: 'note',
      ...(description !== '' && { detail: description }),
      take: async () => {
        await runCommand(commandIds.runPromptFile, uri);
        return 'arrived';
      },
    }));
}

async function attachSuggestions(query: string): Promise<readonly Suggestion[]> {
  const offers = await attachablesHere();
  return offers
    .filter(({ label, id }) => fits(label, query) || fits(id, query))
    .map(({ id, label, icon, description, asks, attach }: Attachable) => ({
      id: `@${id}`,
      label,
      icon,
      ...(description !== undefined && { detail: description }),
      take: async (next: Attacher) => {
        await attach(next);
        return asks === true ? undefined : 'arrived';
      },
    }));
}

async function fileSuggestions(query: string): Promise<readonly Suggestion[]> {
  if (query === '') {
    return [];
  }
  const glob = `**/*${Array.from(query, anyCase).join('')}*`;
  const files = await vscode.workspace.findFiles(glob, '**/node_modules/**', maxFiles);
  return files
    .map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri) }))
    .toSorted((one, other) => one.path.length - other.path.length || one.path.localeCompare(other.path))
    .map(({ uri, path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return {
        id: `@${uri.toString()}`,
        label: name,
        icon: 'file-code',
        ...(path !== name && { detail: path }),
        take: async (next: Attacher) => {
          await attachUris(next, [uri]);
          return 'arrived';
        },
      };
    });
}

/** A glob character in both cases; special characters are escaped. */
function anyCase(letter: string): string {
  const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
  if (lower !== upper && lower.length === 1 && upper.length === 1) {
    return `[${lower}${upper}]`;
  }
  return /[[\]{}*?\\]/.test(letter) ? '?' : letter;
}

function fits(words: string, query: string): boolean {
  return words.toLowerCase().replaceAll(' ', '').includes(query.toLowerCase());
}
