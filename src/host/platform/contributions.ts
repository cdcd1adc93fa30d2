/** The ids that `package.json` contributes. A test holds both to each other; nothing else spells an id out. */
export const extensionId = 'switchboard-ai.switchboard';

/** The commands that ask a model for a structured answer. */
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
  configureRouting: 'switchboard.configureRouting',
  refreshCredit: 'switchboard.refreshCredit',
  showUsage: 'switchboard.showUsage',
  previewRequest: 'switchboard.previewRequest',
  copyAsCurl: 'switchboard.copyAsCurl',
  acceptChange: 'switchboard.acceptChange',
  rejectChange: 'switchboard.rejectChange',
  nextChange: 'switchboard.nextChange',
  previousChange: 'switchboard.previousChange',
  acceptAllChanges: 'switchboard.acceptAllChanges',
  rejectAllChanges: 'switchboard.rejectAllChanges',
} as const;

/** The id of one of our commands. */
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Commands that exist while a sign-in waits for the browser; its notification links to them. */
export const signInCommandIds = {
  enterCode: 'switchboard.signIn.enterCode',
  setApiKey: 'switchboard.signIn.setApiKey',
} as const;

/** Commands behind the quick fixes of what a review has found; they exist from the first review on. */
export const findingCommandIds = {
  apply: 'switchboard.finding.apply',
  dismiss: 'switchboard.finding.dismiss',
  dismissAll: 'switchboard.finding.dismissAll',
} as const;

export const viewIds = {
  chat: 'switchboard.chat',
  chatEditor: 'switchboard.chatEditor',
  usage: 'switchboard.usage',
  model: 'switchboard.modelPage',
  comparison: 'switchboard.comparison',
} as const;

/** Ids of the status bar items; VS Code puts the extension's own id before them. */
export const statusItemIds = { credit: 'credit', model: 'model' } as const;

/** What `when` clauses ask for. */
export const contextKeys = {
  reviewing: 'switchboard.reviewing',
  active: 'switchboard.active',
  keyIsSet: 'switchboard.keyIsSet',
} as const;

/** Colors that VS Code has no name for in all themes. */
export const colorIds = { removedLineBorder: 'switchboard.removedLineBorder' } as const;

export const settingsSection = 'switchboard';

/** The settings and the types of their values. */
export interface SettingValues {
  readonly model: string;
  readonly maxTokens: number;
  readonly fallbackModels: readonly string[];
  readonly commandModels: Readonly<Record<string, string>>;
  readonly backgroundModel: string;
  readonly routing: Readonly<Record<string, unknown>>;
  readonly modelRouting: Readonly<Record<string, unknown>>;
  readonly reasoningEffort: string;
  readonly temperature: number | null;
  readonly webSearch: boolean;
  readonly responseCache: boolean;
  readonly baseUrl: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly 'credit.refreshSeconds': number;
  readonly 'credit.warnBelow': number;
  readonly 'budget.perRequest': number | null;
  readonly 'budget.perDay': number | null;
  readonly 'context.exclude': readonly string[];
  readonly 'context.redactSecrets': boolean;
}

export const settingNames = [
  'model',
  'maxTokens',
  'fallbackModels',
  'commandModels',
  'backgroundModel',
  'routing',
  'modelRouting',
  'reasoningEffort',
  'temperature',
  'webSearch',
  'responseCache',
  'baseUrl',
  'requestHeaders',
  'credit.refreshSeconds',
  'credit.warnBelow',
  'budget.perRequest',
  'budget.perDay',
  'context.exclude',
  'context.redactSecrets',
] as const satisfies readonly (keyof SettingValues)[];
