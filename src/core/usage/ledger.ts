import type { Usage } from '../conversation/message.ts';
import type { PicoDollars } from '../money/money.ts';

/**
 * A request's state. `interrupted`: its window closed before the end; other failures are named by their `RequestError`
 * kind.
 */
export type RequestStatus = 'running' | 'done' | 'stopped' | 'interrupted' | 'failed';

/** A request's estimated cost. */
export interface EstimatedCost {
  readonly least: PicoDollars;
  readonly most: PicoDollars;
}

/** A request about to be sent. */
export interface BegunRequest {
  /** Milliseconds since the epoch. */
  readonly beganAt: number;
  /** The workspace's name; absent if none is open. */
  readonly workspace?: string;
  /** `chat` or a command id. */
  readonly feature: string;
  readonly requestedModel: string;
  /** Its run. */
  readonly run?: string;
  /** Absent if unknown. */
  readonly estimate?: EstimatedCost;
  /** The amount to reserve: up to `most`, and at least `least`, or the request isn't sent. */
  readonly reserve: { readonly least: PicoDollars; readonly most: PicoDollars };
}

/** A limit on spending in all windows: since a time, or for one run. */
export type Budget =
  | {
      readonly of: 'day';
      readonly limit: PicoDollars;
      /** Milliseconds since the epoch. */
      readonly since: number;
    }
  | { readonly of: 'run'; readonly limit: PicoDollars; readonly run: string };

/** Either the reserved amount, or what refuses: a budget with too little left, or spending of the day that isn't known. */
export type Admission =
  { readonly id: number; readonly reserved: PicoDollars } | { readonly refusedBy: Budget['of'] | 'unknown' };

/** Who answers a request. */
export interface Origin {
  readonly generationId?: string;
  readonly model?: string;
  readonly provider?: string;
}

/** How a request ended. */
export interface EndedRequest {
  readonly status: Exclude<RequestStatus, 'running' | 'interrupted'>;
  /** The failure's kind. */
  readonly failure?: string;
  /** The reported usage; absent if none. */
  readonly usage?: Usage;
  /** The estimated cost while none is reported. */
  readonly assumedCost: PicoDollars;
  readonly durationMs: number;
  readonly firstTokenMs?: number;
}

/** One request in the ledger, without any of its content. */
export interface LedgerEntry extends Origin, Partial<Omit<Usage, 'estimated' | 'ownKeyCost'>> {
  /** Whether it used the user's own provider key. */
  readonly ownKey?: true;
  readonly id: number;
  readonly beganAt: number;
  readonly workspace?: string;
  readonly feature: string;
  readonly requestedModel: string;
  readonly run?: string;
  readonly status: RequestStatus;
  readonly failure?: string;
  /** Counts instead of the cost while that is unknown. */
  readonly reserved: PicoDollars;
  readonly estimate?: EstimatedCost;
  readonly durationMs?: number;
  readonly firstTokenMs?: number;
}

/** The request ledger of all windows: one entry per request sent to a model. */
export interface Ledger {
  /**
   * Records a request about to be sent and reserves its cost. With budgets, both happen in one atomic step across
   * windows.
   */
  begin(request: BegunRequest, budgets: readonly Budget[]): Admission;
  /** Records who answers as soon as it is known, so that the service can be asked after a crash. */
  note(id: number, origin: Origin): void;
  /** Records a request's end and replaces the reservation with its cost. */
  end(id: number, ended: EndedRequest): void;
  /** Records the service's own figures for a generation. */
  settle(generationId: string, usage: Usage): void;
  /** Ended generations since a time without a reported cost. */
  unsettled(since: number): readonly string[];
  /** The most expensive recent request for a model; absent if none reported a cost. */
  mostExpensiveOf(requestedModel: string): PicoDollars | undefined;
  /** Spending since a time, without reservations. */
  spentSince(time: number): PicoDollars;
}

/** What an entry adds to spending: its cost or estimate, and nothing while it is running. */
export function costOf({
  cost,
  reserved,
  status,
}: Pick<LedgerEntry, 'cost' | 'reserved' | 'status'>): PicoDollars {
  return cost ?? (status === 'running' ? 0 : reserved);
}

/** When a time's local day started, in milliseconds since the epoch, or the day this many days earlier. */
export function startOfDay(time: number, daysBefore = 0): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore).getTime();
}
