/** What the page of the usage draws: display-ready, and without a word of what was asked. */
export interface UsageView {
  readonly totals: readonly { readonly label: string; readonly cost: string }[];
  readonly period: UsagePeriod;
  /** What each day of the period cost, the oldest first. */
  readonly days: readonly UsageDay[];
  readonly models: readonly UsageShare[];
  readonly features: readonly UsageShare[];
  readonly providers: readonly UsageShare[];
  /** The last requests of the period, the newest first. */
  readonly requests: readonly UsageRequest[];
  /** How many requests the period has; more than are listed when there are very many. */
  readonly count: number;
}

/** How many days are looked at, today with them. */
export type UsagePeriod = 7 | 30 | 90;

/** One day. */
export interface UsageDay {
  readonly label: string;
  readonly cost: string;
  /** Its part of the dearest day, from 0 to 1. */
  readonly height: number;
}

/** What all requests of a model, a feature or a provider took. */
export interface UsageShare {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  readonly tokens: number;
  readonly cost: string;
}

/** One request. */
export interface UsageRequest {
  readonly id: number;
  readonly time: string;
  readonly workspace: string;
  readonly feature: string;
  readonly model: string;
  readonly provider: string;
  readonly tokens: string;
  /** With `≈` before it as long as the service has not told it. */
  readonly cost: string;
  readonly duration: string;
  readonly status: string;
  readonly failed: boolean;
}

/** What the host says to this page. */
export interface UsageToWebview {
  readonly type: 'usage';
  readonly view: UsageView;
}
