import { copyMathsAsTex } from './copyMaths.ts';

type DrawTex = (tex: string, element: HTMLElement, display: boolean) => boolean;

/** Draws formulas. What that needs is loaded with the first one: only an answer with maths in it pays for it. */
export class TexPainter {
  #draw: DrawTex | undefined;
  #loading: Promise<DrawTex | undefined> | undefined;

  /** Calls back with what draws: at once when it is there already; never when it cannot be loaded. */
  use(work: (draw: DrawTex) => void): void {
    if (this.#draw) {
      work(this.#draw);
      return;
    }
    this.#loading ??= this.#load();
    void this.#loading.then((draw) => {
      if (draw) {
        work(draw);
      }
    });
  }

  async #load(): Promise<DrawTex | undefined> {
    try {
      this.#draw = (await import('./tex.ts')).drawTex;
      copyMathsAsTex();
    } catch {
      // The sources stay; the next formula tries again.
      this.#loading = undefined;
    }
    return this.#draw;
  }
}
