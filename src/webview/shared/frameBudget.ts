/** A frame's target time, in milliseconds: much longer would leave too little for the user. */
const frameMs = 28;

/** The bounds of work per frame, in any unit. */
interface FrameBudgetLimits {
  readonly least: number;
  readonly first: number;
  readonly most: number;
}

/**
 * How much to do per frame. It follows measured frame times, including drawing, because costs vary by machine and
 * content.
 */
export class FrameBudget {
  readonly #limits: FrameBudgetLimits;
  #amount: number;

  constructor(limits: FrameBudgetLimits) {
    this.#limits = limits;
    this.#amount = limits.first;
  }

  /** How much the next frame should do. */
  get amount(): number {
    return this.#amount;
  }

  /** Learns from a frame with this much work. */
  frameTook(milliseconds: number, done: number): void {
    const change = Math.min(2, Math.max(0.5, frameMs / milliseconds));
    if (change < 1) {
      this.#amount = Math.max(this.#limits.least, Math.floor(Math.min(this.#amount, done) * change));
    } else if (done >= this.#amount) {
      this.#amount = Math.min(this.#limits.most, Math.floor(this.#amount * change));
    }
  }
}
