import { simulatorKey, startSimulator } from '../../test/simulator/simulator.ts';
import type { SettingsByName } from '../vscode/userSettings.ts';

/** What answers the extension. */
export interface Service {
  /** Each has a port and a profile of its own, so that a key that was set for one is never sent to the other. */
  readonly name: 'openrouter' | 'simulator';
  readonly port: number;
  /** What the extension host gets in its environment, beside that of the user. */
  readonly env: NodeJS.ProcessEnv;
  readonly settings: SettingsByName;
  /** Tells the user who answers. */
  readonly words: string;
}

/** As fast as a quick model, so that an answer can be watched. */
const humanPace = { tokensPerSecond: 60, firstTokenMs: 350 };

/** OpenRouter where the environment holds a key for it, and a simulator in this process where it does not. */
export async function openService(): Promise<Service> {
  if (process.env['OPENROUTER_API_KEY']?.trim()) {
    return {
      name: 'openrouter',
      port: 8865,
      env: {},
      settings: {},
      words: 'OpenRouter answers, with the key in OPENROUTER_API_KEY. Answers cost money.',
    };
  }
  const simulator = await startSimulator({ pace: humanPace, listScenarios: true });
  return {
    name: 'simulator',
    port: 8765,
    env: { OPENROUTER_API_KEY: simulatorKey },
    settings: { 'switchboard.baseUrl': simulator.baseUrl },
    words:
      'OPENROUTER_API_KEY is not set, so an offline simulator answers: its texts are canned, no model writes them.',
  };
}
