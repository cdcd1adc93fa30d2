/** How far one looks back, today with it, in the order in which the sums stand. */
export const usagePeriods = ['today', 'week', 'month', 'all'] as const;

/** What the page of the usage draws: display-ready, and without a word of what was asked. */
export interface UsageView {
  readonly totals: readonly { readonly label: string; readonly cost: string }[];
  readonly period: UsagePeriod;
  /** What each hour, day, week or month of the period cost. */
  readonly costs: UsageCosts;
  readonly models: readonly ModelUsage[];
  readonly features: readonly UsageShare[];
  readonly providers: readonly UsageShare[];
  readonly list: UsageList;
  /** Whether the service has a log of its own for the key. */
  readonly hasLog: boolean;
}

/** One of these. */
export type UsagePeriod = (typeof usagePeriods)[number];

/** Costs over time. */
export interface UsageCosts {
  /** Such as "Cost per day". */
  readonly title: string;
  /** The word for one of its steps, such as "Day". */
  readonly unit: string;
  /** In words, for whoever does not see the bars. */
  readonly summary: string;
  /** The lines across the chart, from the lowest to the highest. */
  readonly lines: readonly { readonly label: string; readonly height: number }[];
  /** The oldest first. */
  readonly bars: readonly UsageBar[];
}

/** One step of time. Heights and shares are parts of the whole, from 0 to 1. */
export interface UsageBar {
  readonly label: string;
  /** Stands below the chart; absent where there would be too many. */
  readonly mark?: string;
  readonly cost: string;
  readonly height: number;
}

/** What all requests of a model, a feature or a provider took. */
export interface UsageShare {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  readonly tokens: number;
  readonly cost: Measure;
}

/** A figure, and its part of the largest of its kind. */
export interface Measure {
  readonly words: string;
  readonly share: number;
}

/** What is known of a model besides. */
export interface ModelUsage extends UsageShare {
  readonly firstToken?: Measure;
  readonly speed?: Measure;
  /** How well its costs were foreseen. */
  readonly estimate?: string;
}

/** Which requests are listed, and in which order. */
export interface UsageQuery {
  /** Words that a request has somewhere. */
  readonly filter: string;
  readonly failedOnly: boolean;
  readonly order: 'newest' | 'mostExpensive';
  /** Which page of them, counted from 0. */
  readonly page: number;
}

/** A page of the requests. */
export interface UsageList {
  readonly query: UsageQuery;
  readonly requests: readonly UsageRequest[];
  /** How many requests there are on all pages. */
  readonly count: number;
  /** The numbers of the first and the last one on this page, counted from 1. */
  readonly from: number;
  readonly to: number;
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
  readonly ownKey: boolean;
  readonly estimate: string;
  readonly firstToken: string;
  readonly duration: string;
  readonly status: string;
  readonly failed: boolean;
}

/** What the host says to this page. */
export type UsageToWebview =
  | { readonly type: 'usage'; readonly view: UsageView }
  /** Other requests are listed; all else stays. */
  | { readonly type: 'list'; readonly list: UsageList };
