/** What a frame should take, in milliseconds: much longer would leave too little room for the user. */
const frameMs = 28;

/** The bounds of what is done in one frame, in whatever is counted. */
interface FrameBudgetLimits {
  readonly least: number;
  readonly first: number;
  readonly most: number;
}

/**
 * How much to do in one frame. It follows what frames really cost, drawing included: the same text is cheap on one
 * machine and dear on another, and so are a paragraph and a table.
 */
export class FrameBudget {
  readonly #limits: FrameBudgetLimits;
  #amount: number;

  constructor(limits: FrameBudgetLimits) {
    this.#limits = limits;
    this.#amount = limits.first;
  }

  /** How much the next frame should take. */
  get amount(): number {
    return this.#amount;
  }

  /** Learns from a frame that did this much. */
  frameTook(milliseconds: number, done: number): void {
    const change = Math.min(2, Math.max(0.5, frameMs / milliseconds));
    if (change < 1) {
      this.#amount = Math.max(this.#limits.least, Math.floor(Math.min(this.#amount, done) * change));
    } else if (done >= this.#amount) {
      this.#amount = Math.min(this.#limits.most, Math.floor(this.#amount * change));
    }
  }
}
