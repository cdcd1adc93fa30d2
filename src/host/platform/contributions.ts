import type { Range, Uri } from 'vscode';
import type { Whereabouts } from './restoreFocusAfter.ts';

/** The ids contributed in `package.json`. A test compares both; nothing else spells out an id. */
export const extensionId = 'switchboard-ai.switchboard';

/** Commands that ask a model for a structured answer. */
export const promptCommandIds = {
  explainSelection: 'switchboard.explainSelection',
  fixSelection: 'switchboard.fixSelection',
  refactorSelection: 'switchboard.refactorSelection',
  editSelection: 'switchboard.editSelection',
  documentSelection: 'switchboard.documentSelection',
  generateSnippet: 'switchboard.generateSnippet',
  reviewSelection: 'switchboard.reviewSelection',
  reviewChanges: 'switchboard.reviewChanges',
  runPromptFile: 'switchboard.runPromptFile',
  generateTests: 'switchboard.generateTests',
  suggestNames: 'switchboard.suggestNames',
  commitMessage: 'switchboard.commitMessage',
} as const;

/** The id of one of those. */
export type PromptCommandId = (typeof promptCommandIds)[keyof typeof promptCommandIds];

export const commandIds = {
  ...promptCommandIds,
  signIn: 'switchboard.signIn',
  setApiKey: 'switchboard.setApiKey',
  importApiKey: 'switchboard.importApiKey',
  signOut: 'switchboard.signOut',
  switchKey: 'switchboard.switchKey',
  openChat: 'switchboard.openChat',
  newChat: 'switchboard.newChat',
  openChatInEditor: 'switchboard.openChatInEditor',
  searchChats: 'switchboard.searchChats',
  exportChat: 'switchboard.exportChat',
  importChat: 'switchboard.importChat',
  showShortcuts: 'switchboard.showShortcuts',
  attachContext: 'switchboard.attachContext',
  attachFiles: 'switchboard.attachFiles',
  attachSelection: 'switchboard.attachSelection',
  attachTerminalSelection: 'switchboard.attachTerminalSelection',
  askSelection: 'switchboard.askSelection',
  selectModel: 'switchboard.selectModel',
  showModel: 'switchboard.showModel',
  selectEffort: 'switchboard.selectEffort',
  compareModels: 'switchboard.compareModels',
  costOnOtherModels: 'switchboard.costOnOtherModels',
  configureRouting: 'switchboard.configureRouting',
  configureRequests: 'switchboard.configureRequests',
  refreshCredit: 'switchboard.refreshCredit',
  showUsage: 'switchboard.showUsage',
  previewRequest: 'switchboard.previewRequest',
  echoUpstreamBody: 'switchboard.echoUpstreamBody',
  copyAsCurl: 'switchboard.copyAsCurl',
  insertClientCode: 'switchboard.insertClientCode',
  acceptChange: 'switchboard.acceptChange',
  rejectChange: 'switchboard.rejectChange',
  nextChange: 'switchboard.nextChange',
  previousChange: 'switchboard.previousChange',
  acceptAllChanges: 'switchboard.acceptAllChanges',
  rejectAllChanges: 'switchboard.rejectAllChanges',
} as const;

/** One of our command ids. */
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Commands that exist while a sign-in waits for the browser; its notification links to them. */
export const signInCommandIds = {
  enterCode: 'switchboard.signIn.enterCode',
  setApiKey: 'switchboard.signIn.setApiKey',
} as const;

/** Commands behind the quick fixes of review findings; they exist from the first review on. */
export const findingCommandIds = {
  apply: 'switchboard.finding.apply',
  dismiss: 'switchboard.finding.dismiss',
  dismissAll: 'switchboard.finding.dismissAll',
} as const;

/** The id of any command that we register, contributed or not. */
export type OwnCommandId =
  | CommandId
  | (typeof signInCommandIds)[keyof typeof signInCommandIds]
  | (typeof findingCommandIds)[keyof typeof findingCommandIds];

/** What the commands take that take something. A menu may hand over other things, which `readArguments` drops. */
export interface CommandArguments {
  readonly [commandIds.fixSelection]: readonly [uri?: Uri | undefined, place?: Range | undefined];
  readonly [commandIds.reviewChanges]: readonly [source?: SourceControlPlace | undefined];
  readonly [commandIds.commitMessage]: readonly [source?: SourceControlPlace | undefined];
  readonly [commandIds.runPromptFile]: readonly [file?: Uri | undefined];
  readonly [commandIds.attachFiles]: readonly [file?: Uri | undefined, selected?: readonly Uri[] | undefined];
  readonly [commandIds.showModel]: readonly [model?: string | undefined];
  readonly [commandIds.configureRouting]: readonly [model?: string | undefined];
  readonly [commandIds.acceptChange]: readonly [uri?: Uri | undefined, index?: number | undefined];
  readonly [commandIds.rejectChange]: readonly [uri?: Uri | undefined, index?: number | undefined];
  readonly [commandIds.acceptAllChanges]: readonly [uri?: Uri | undefined];
  readonly [commandIds.rejectAllChanges]: readonly [uri?: Uri | undefined];
  readonly [findingCommandIds.apply]: readonly [uri: string, id: number];
  readonly [findingCommandIds.dismiss]: readonly [uri: string, id: number];
  readonly [findingCommandIds.dismissAll]: readonly [uri: string];
}

/** The source control that a menu of it hands to its commands. */
export interface SourceControlPlace {
  readonly rootUri?: Uri | undefined;
}

/** What a command takes. */
export type ArgumentsOf<Id extends OwnCommandId> = Id extends keyof CommandArguments
  ? CommandArguments[Id]
  : readonly [];

/** What the commands give that give something to whoever runs them. */
export interface CommandResults {
  readonly [commandIds.signIn]: Whereabouts;
  readonly [commandIds.setApiKey]: Whereabouts;
  readonly [commandIds.attachContext]: Whereabouts;
}

/** What a command gives. */
export type ResultOf<Id extends OwnCommandId> = Id extends keyof CommandResults
  ? CommandResults[Id]
  : unknown;

export const viewIds = {
  chat: 'switchboard.chat',
  chatEditor: 'switchboard.chatEditor',
  usage: 'switchboard.usage',
  model: 'switchboard.modelPage',
  comparison: 'switchboard.comparison',
} as const;

/** Status bar item ids; VS Code prefixes the extension's id. */
export const statusItemIds = { credit: 'credit', model: 'model' } as const;

/** Context keys for `when` clauses. */
export const contextKeys = {
  reviewing: 'switchboard.reviewing',
  active: 'switchboard.active',
  keyIsSet: 'switchboard.keyIsSet',
} as const;

/** One of those. Each is true or false. */
export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

/** Colors that VS Code doesn't define in all themes. */
export const colorIds = { removedLineBorder: 'switchboard.removedLineBorder' } as const;

export const settingsSection = 'switchboard';

/** The settings and the types of their values. */
export interface SettingValues {
  readonly model: string;
  readonly maxTokens: number;
  readonly fallbackModels: readonly string[];
  readonly commandModels: Readonly<Record<string, string>>;
  readonly commandFallbackModels: Readonly<Record<string, readonly string[]>>;
  readonly backgroundModel: string;
  readonly routing: Readonly<Record<string, unknown>>;
  readonly modelRouting: Readonly<Record<string, unknown>>;
  readonly reasoningEffort: string;
  readonly temperature: number | null;
  readonly sampling: string;
  readonly topP: number | null;
  readonly requestFields: Readonly<Record<string, unknown>>;
  readonly contextCompression: string;
  readonly responseHealing: boolean;
  readonly autoRouter: Readonly<Record<string, unknown>>;
  readonly webSearch: boolean;
  readonly responseCache: boolean;
  readonly baseUrl: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly 'timeout.connectSeconds': number | null;
  readonly 'timeout.firstTokenSeconds': number | null;
  readonly 'timeout.silenceSeconds': number | null;
  readonly 'credit.refreshSeconds': number;
  readonly 'credit.warnBelow': number;
  readonly 'budget.perRequest': number | null;
  readonly 'budget.perDay': number | null;
  readonly 'context.exclude': readonly string[];
  readonly 'context.redactSecrets': boolean;
  readonly instructions: string;
  readonly attribution: boolean;
}
