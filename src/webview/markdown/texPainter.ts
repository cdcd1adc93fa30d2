import { copyMathsAsTex } from './copyMaths.ts';

type DrawTex = (tex: string, element: HTMLElement, display: boolean) => boolean;

/** Renders formulas. The renderer is loaded with the first one, so that only answers with math pay for it. */
export class TexPainter {
  #draw: DrawTex | undefined;
  #loading: Promise<DrawTex | undefined> | undefined;

  /** Calls back with the renderer: at once if loaded, never if it can't be. */
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
      // Sources stay visible; the next formula tries again.
      this.#loading = undefined;
    }
    return this.#draw;
  }
}
