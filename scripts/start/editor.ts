import type { Service } from './service.ts';

/** What an editor is opened with. */
export interface EditorOptions {
  readonly vsix: string;
  readonly workspace: string;
  readonly service: Service;
  /** Where editors keep what they write, to find it again at the next start. */
  readonly folder: string;
  /** The port that the user wants; the one of the service when absent. */
  readonly port: number | undefined;
}

/** A running editor; it ends with this process. */
export interface Editor {
  /** Tells the user where it is. */
  readonly words: string;
  /** Resolves when the user has closed it, and rejects when it has failed. */
  readonly ended: Promise<void>;
}
