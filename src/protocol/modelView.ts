/** What the page of a model draws, display-ready. */
export interface ModelView {
  readonly id: string;
  readonly name: string;
  /** What has to be known first: that it will be gone, stands for another one, or may not be asked. */
  readonly notes: readonly string[];
  /** The paragraphs of what its author says. */
  readonly description: readonly string[];
  readonly inUse: boolean;
  readonly favorite: boolean;
  readonly facts: readonly ModelFact[];
  readonly prices: ModelPrices;
  readonly parameters: readonly string[];
  readonly benchmarks: readonly ModelFact[];
  readonly endpoints: EndpointsView;
}

/** A line of a table with two columns. */
export interface ModelFact {
  readonly label: string;
  readonly value: string;
}

/** The prices: what always holds, and a column for each condition under which others do. */
export interface ModelPrices {
  /** Where there is no price to show, why. */
  readonly words?: string;
  readonly conditions: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    /** For what the price is, for example a million tokens. */
    readonly unit: string;
    /** One for each column. */
    readonly prices: readonly string[];
  }[];
}

/** Who offers the model. */
export type EndpointsView =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly words: string }
  | { readonly state: 'known'; readonly endpoints: readonly EndpointView[] };

/** One offer. */
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
  /** Absent where the service does not say. */
  readonly retainsNothing?: boolean;
  readonly hasPolicy: boolean;
  /** In which of the lists of the routing it is; `order` names its place, from 1. */
  readonly order?: number;
  readonly only: boolean;
  readonly ignored: boolean;
}

/** What the host says to this page. */
export interface ModelToWebview {
  readonly type: 'model';
  readonly view: ModelView;
}
