/** How far to look back, including today, in display order. */
export const usagePeriods = ['today', 'week', 'month', 'all'] as const;

/** What the usage page renders: ready to display, without any content of requests. */
export interface UsageView {
  readonly totals: readonly { readonly label: string; readonly cost: string }[];
  readonly period: UsagePeriod;
  /** The cost of each hour, day, week, or month of the period. */
  readonly costs: UsageCosts;
  readonly models: readonly ModelUsage[];
  readonly features: readonly UsageShare[];
  readonly providers: readonly UsageShare[];
  readonly workspaces: readonly UsageShare[];
  readonly list: UsageList;
  /** Whether the service has its own log for the key. */
  readonly hasLog: boolean;
}

/** One of these. */
export type UsagePeriod = (typeof usagePeriods)[number];

/** Costs over time. */
export interface UsageCosts {
  /** Such as "Cost per day". */
  readonly title: string;
  /** The word for a step, such as "Day". */
  readonly unit: string;
  /** A summary for those who don't see the bars. */
  readonly summary: string;
  /** The chart's grid lines, lowest first. */
  readonly lines: readonly { readonly label: string; readonly height: number }[];
  /** Oldest first. */
  readonly bars: readonly UsageBar[];
}

/** A time step. Heights and shares are fractions from 0 to 1. */
export interface UsageBar {
  readonly label: string;
  /** The label below the chart; absent where there would be too many. */
  readonly mark?: string;
  readonly cost: string;
  readonly height: number;
}

/** The totals of a model, feature, or provider. */
export interface UsageShare {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  readonly tokens: number;
  readonly cost: Measure;
}

/** A figure, and its fraction of the largest one. */
export interface Measure {
  readonly words: string;
  readonly share: number;
}

/** What else is known about a model. */
export interface ModelUsage extends UsageShare {
  readonly firstToken?: Measure;
  readonly speed?: Measure;
  /** How accurate its estimates were. */
  readonly estimate?: string;
}

/** Which requests are listed, in which order. */
export interface UsageQuery {
  /** Search words. */
  readonly filter: string;
  readonly failedOnly: boolean;
  readonly order: 'newest' | 'mostExpensive';
  /** The page, from 0. */
  readonly page: number;
}

/** A page of requests. */
export interface UsageList {
  readonly query: UsageQuery;
  readonly requests: readonly UsageRequest[];
  /** The number of requests on all pages. */
  readonly count: number;
  /** The first and last request's numbers on this page, from 1. */
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
  /** Starts with `≈` until the service has reported it. */
  readonly cost: string;
  readonly ownKey: boolean;
  readonly estimate: string;
  readonly firstToken: string;
  readonly duration: string;
  readonly status: string;
  readonly failed: boolean;
}

/** What the host sends to this page. */
export type UsageToWebview =
  | { readonly type: 'usage'; readonly view: UsageView }
  /** Other requests are listed; everything else stays. */
  | { readonly type: 'list'; readonly list: UsageList };
