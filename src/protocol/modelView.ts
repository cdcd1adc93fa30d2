/** What the model page renders, ready to display. */
export interface ModelView {
  readonly id: string;
  readonly name: string;
  /** Important notes: deprecation, alias, exclusion. */
  readonly notes: readonly string[];
  /** The author's description in paragraphs. */
  readonly description: readonly string[];
  readonly inUse: boolean;
  readonly favorite: boolean;
  readonly facts: readonly ModelFact[];
  readonly prices: ModelPrices;
  readonly parameters: readonly string[];
  readonly benchmarks: readonly ModelFact[];
  readonly endpoints: EndpointsView;
}

/** A row of a two-column table. */
export interface ModelFact {
  readonly label: string;
  readonly value: string;
}

/** The prices: list prices, and a column for each condition with other prices. */
export interface ModelPrices {
  /** Why there is no price. */
  readonly words?: string;
  readonly conditions: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    /** The unit, for example 1M tokens. */
    readonly unit: string;
    /** One per column. */
    readonly prices: readonly string[];
  }[];
}

/** The model's endpoints. */
export type EndpointsView =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly words: string }
  | { readonly state: 'known'; readonly endpoints: readonly EndpointView[] };

/** One endpoint. */
export interface EndpointView {
  readonly tag: string;
  readonly name: string;
  readonly promptPrice: string;
  readonly completionPrice: string;
  readonly context: string;
  readonly latency: string;
  readonly throughput: string;
  readonly uptime: string;
  readonly quantization: string;
  readonly degraded: boolean;
  /** Absent if the service doesn't say. */
  readonly retainsNothing?: boolean;
  readonly hasPolicy: boolean;
  /** Its routing lists; `order` is its position, from 1. */
  readonly order?: number;
  readonly only: boolean;
  readonly ignored: boolean;
}

/** What the host sends to this page. */
export interface ModelToWebview {
  readonly type: 'model';
  readonly view: ModelView;
}
