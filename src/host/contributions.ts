import type { ReasoningEffort } from '../core/model/model.ts';

/** The ids that `package.json` contributes. A test holds both to each other; nothing else spells an id out. */
export const extensionId = 'switchboard-ai.switchboard';

export const commandIds = {
  setApiKey: 'switchboard.setApiKey',
  signOut: 'switchboard.signOut',
  openChat: 'switchboard.openChat',
  newChat: 'switchboard.newChat',
  askSelection: 'switchboard.askSelection',
  generateSnippet: 'switchboard.generateSnippet',
  selectModel: 'switchboard.selectModel',
  refreshCredit: 'switchboard.refreshCredit',
  previewRequest: 'switchboard.previewRequest',
  copyAsCurl: 'switchboard.copyAsCurl',
} as const;

/** The id of one of our commands. */
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

export const viewIds = { chat: 'switchboard.chat' } as const;

/** Ids of the status bar items; VS Code puts the extension's own id before them. */
export const statusItemIds = { credit: 'credit', model: 'model' } as const;

export const settingsSection = 'switchboard';

/** The settings and the types of their values. */
export interface SettingValues {
  readonly model: string;
  readonly fallbackModels: readonly string[];
  readonly maxTokens: number;
  readonly reasoningEffort: 'default' | ReasoningEffort;
  readonly temperature: number | null;
  readonly webSearch: boolean;
  readonly responseCache: boolean;
  readonly baseUrl: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly 'credit.refreshSeconds': number;
  readonly 'credit.warnBelow': number;
}

export const settingNames = [
  'model',
  'fallbackModels',
  'maxTokens',
  'reasoningEffort',
  'temperature',
  'webSearch',
  'responseCache',
  'baseUrl',
  'requestHeaders',
  'credit.refreshSeconds',
  'credit.warnBelow',
] as const satisfies readonly (keyof SettingValues)[];
