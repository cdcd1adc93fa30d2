import type { ModelFilter } from '../../core/model/modelFilter.ts';
import type { ModelOrder } from '../../core/model/modelOrder.ts';
import type { Preset } from '../../core/model/preset.ts';
import type { BaseUrl } from '../../core/model/server.ts';

/** Who knows them: the service. Each throws a `RequestError`. */
export interface FactSource {
  /** The ids of the models that somebody offers who retains nothing. */
  zeroRetentionModels(signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** The ids of all models, those first whose answers come fastest. */
  fastestModels(signal: AbortSignal): Promise<readonly string[]>;
  /** The account's presets. */
  presets(signal: AbortSignal): Promise<readonly Preset[]>;
}

/** Model data that only the service knows, requested once per server when a filter or sort order needs it. */
export class ServiceFacts {
  readonly #source: FactSource;
  readonly #baseUrl: () => BaseUrl;
  #askedOf: BaseUrl | undefined;
  zeroRetention: ReadonlySet<string> | undefined;
  fastest: readonly string[] | undefined;
  presets: readonly Preset[] = [];

  constructor(source: FactSource, baseUrl: () => BaseUrl) {
    this.#source = source;
    this.#baseUrl = baseUrl;
  }

  /** Requests what is needed and unknown. Throws a `RequestError`. */
  async load({ traits }: ModelFilter, order: ModelOrder, signal: AbortSignal): Promise<void> {
    this.#forgetOther();
    if (traits.includes('zdr')) {
      this.zeroRetention ??= await this.#source.zeroRetentionModels(signal);
    }
    if (order === 'throughput') {
      this.fastest ??= await this.#source.fastestModels(signal);
    }
  }

  /** Requests the presets. They are an extra: without them, the list stays as it was. */
  async loadPresets(signal: AbortSignal): Promise<void> {
    this.#forgetOther();
    const asked = this.#askedOf;
    const presets = await this.#source.presets(signal).catch(() => undefined);
    if (presets && asked === this.#baseUrl()) {
      this.presets = presets;
    }
  }

  /** Another server has other facts. */
  #forgetOther(): void {
    const baseUrl = this.#baseUrl();
    if (baseUrl !== this.#askedOf) {
      [this.#askedOf, this.zeroRetention, this.fastest, this.presets] = [baseUrl, undefined, undefined, []];
    }
  }
}
