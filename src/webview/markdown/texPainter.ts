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

/**
 * Copies formulas as their TeX source: the rendered form would copy one symbol per line. While the selection is read,
 * sources replace the rendered formulas.
 */
function copyMathsAsTex(): void {
  document.addEventListener('copy', (event) => {
    const selection = document.getSelection();
    const formulas = [...document.querySelectorAll('.maths')];
    if (!selection || !formulas.some((formula) => selection.containsNode(formula, true))) {
      return;
    }
    document.documentElement.classList.add('copying');
    const text = selection.toString();
    document.documentElement.classList.remove('copying');
    // A selection within one formula has no source to give.
    if (text !== '') {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    }
  });
}
