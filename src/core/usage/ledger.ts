import type { Usage } from '../conversation/message.ts';
import type { PicoDollars } from '../money/money.ts';

/**
 * How a request stands or ended. `interrupted`: its window went away before its end; every other failure is named by
 * the kind of its `RequestError`.
 */
export type RequestStatus = 'running' | 'done' | 'stopped' | 'interrupted' | 'failed';

/** What a request was thought to cost before it was sent. */
export interface EstimatedCost {
  readonly least: PicoDollars;
  readonly most: PicoDollars;
}

/** A request that is about to be sent. */
export interface BegunRequest {
  /** Milliseconds since the epoch. */
  readonly beganAt: number;
  /** The name of the workspace; absent where none is open. */
  readonly workspace?: string;
  /** `chat`, or the id of a command. */
  readonly feature: string;
  readonly requestedModel: string;
  /** The run that it belongs to. */
  readonly run?: string;
  /** Absent where that cannot be told. */
  readonly estimate?: EstimatedCost;
  /** What is set aside for it: as much as there is up to `most`, and it is not sent for less than `least`. */
  readonly reserve: { readonly least: PicoDollars; readonly most: PicoDollars };
}

/** A limit on what all windows together may spend: since a time, or for one run of requests. */
export type Budget =
  | {
      readonly of: 'day';
      readonly limit: PicoDollars;
      /** Milliseconds since the epoch. */
      readonly since: number;
    }
  | { readonly of: 'run'; readonly limit: PicoDollars; readonly run: string };

/** A request that may be sent with what is set aside for it, or the budget of which too little is left for it. */
export type Admission =
  { readonly id: number; readonly reserved: PicoDollars } | { readonly refusedBy: Budget['of'] };

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
  readonly assumedCost: PicoDollars;
  readonly durationMs: number;
  readonly firstTokenMs?: number;
}

/** One request as the ledger has it: never a word of what was asked or answered. */
export interface LedgerEntry extends Origin, Partial<Omit<Usage, 'estimated' | 'ownKeyCost'>> {
  /** Whether it was served by an own provider key. */
  readonly ownKey?: true;
  readonly id: number;
  readonly beganAt: number;
  readonly workspace?: string;
  readonly feature: string;
  readonly requestedModel: string;
  readonly run?: string;
  readonly status: RequestStatus;
  readonly failure?: string;
  /** What counts in the place of the cost as long as that is not known. */
  readonly reserved: PicoDollars;
  readonly estimate?: EstimatedCost;
  readonly durationMs?: number;
  readonly firstTokenMs?: number;
}

/** The books of all windows on their requests: one entry for each that was sent to a model. */
export interface Ledger {
  /**
   * Enters a request that is about to be sent, and sets aside what it may cost. With budgets both happen in one step
   * that no other window can come between.
   */
  begin(request: BegunRequest, budgets: readonly Budget[]): Admission;
  /** Notes who answers, as soon as that is known: after a crash the service can be asked about it. */
  note(id: number, origin: Origin): void;
  /** Notes the end of a request; what was set aside gives way to what it cost. */
  end(id: number, ended: EndedRequest): void;
  /** Puts down what the service's own books say of a generation. */
  settle(generationId: string, usage: Usage): void;
  /** The generations since a time that have ended, and whose cost the service has not told. */
  unsettled(since: number): readonly string[];
  /** What the most expensive of the last requests cost that asked for a model; nothing where none of them told. */
  mostExpensiveOf(requestedModel: string): PicoDollars | undefined;
  /** What was spent since a time. What is only set aside is not spent. */
  spentSince(time: number): PicoDollars;
}

/** What an entry adds to what was spent: its cost, or what is assumed for it; what is on its way, nothing yet. */
export function costOf({
  cost,
  reserved,
  status,
}: Pick<LedgerEntry, 'cost' | 'reserved' | 'status'>): PicoDollars {
  return cost ?? (status === 'running' ? 0 : reserved);
}

/** When the local day of a time began, in milliseconds since the epoch; or the day so many days before it. */
export function startOfDay(time: number, daysBefore = 0): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore).getTime();
}
