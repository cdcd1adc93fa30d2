import type { Usage } from '../conversation/message.ts';
import type { MicroDollars } from '../model/money.ts';

/**
 * How a request stands or ended. `interrupted`: its window went away before its end; every other failure is named by
 * the kind of its `RequestError`.
 */
export type RequestStatus = 'running' | 'done' | 'stopped' | 'interrupted' | 'failed';

/** A request that is about to be sent. */
export interface BegunRequest {
  /** Milliseconds since the epoch. */
  readonly beganAt: number;
  /** The name of the workspace; absent where none is open. */
  readonly workspace?: string;
  /** `chat`, or the id of a command. */
  readonly feature: string;
  readonly requestedModel: string;
  /** The upper end of what it may cost; absent where that cannot be told. */
  readonly estimate?: MicroDollars;
  /** What is set aside for it: as much as there is up to `most`, and it is not sent for less than `least`. */
  readonly reserve: { readonly least: MicroDollars; readonly most: MicroDollars };
}

/** A limit on what may be spent since a time, by all windows together. */
export interface Budget {
  readonly limit: MicroDollars;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** A request that may be sent, and what is set aside for it. */
export interface Admitted {
  readonly id: number;
  readonly reserved: MicroDollars;
}

/** Who answers a request. */
export interface Origin {
  readonly generationId?: string;
  readonly model?: string;
  readonly provider?: string;
}

/** How a request ended. */
export interface EndedRequest {
  readonly status: Exclude<RequestStatus, 'running' | 'interrupted'>;
  /** The kind of the failure. */
  readonly failure?: string;
  /** What the service said of it; absent where it said nothing. */
  readonly usage?: Usage;
  /** About what it cost, while nobody has said what it did. */
  readonly assumedCost: MicroDollars;
  readonly durationMs: number;
  readonly firstTokenMs?: number;
}

/** One request as the ledger has it: never a word of what was asked or answered. */
export interface LedgerEntry extends Origin {
  readonly id: number;
  readonly beganAt: number;
  readonly workspace?: string;
  readonly feature: string;
  readonly requestedModel: string;
  readonly status: RequestStatus;
  readonly failure?: string;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** What the service says that it cost; absent as long as it says nothing. */
  readonly cost?: MicroDollars;
  /** What counts in the place of the cost as long as that is not known. */
  readonly reserved: MicroDollars;
  readonly estimate?: MicroDollars;
  readonly durationMs?: number;
  readonly firstTokenMs?: number;
}

/** The books of all windows on their requests: one entry for each that was sent to a model. */
export interface Ledger {
  /**
   * Enters a request that is about to be sent, and sets aside what it may cost. With a budget both happen in one step
   * that no other window can come between; gives nothing where too little of it is left.
   */
  begin(request: BegunRequest, budget?: Budget): Admitted | undefined;
  /** Notes who answers, as soon as that is known: after a crash the service can be asked about it. */
  note(id: number, origin: Origin): void;
  /** Notes the end of a request; what was set aside gives way to what it cost. */
  end(id: number, ended: EndedRequest): void;
  /** Puts down what the service's own books say of a generation. */
  settle(generationId: string, usage: Usage): void;
  /** The requests that began at this time or later, the newest first. */
  since(time: number): readonly LedgerEntry[];
}

/** What an entry counts in a sum: its cost, or what stands for it. */
export function costOf({ cost, reserved }: Pick<LedgerEntry, 'cost' | 'reserved'>): MicroDollars {
  return cost ?? reserved;
}
