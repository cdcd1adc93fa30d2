import type { ColorAnswer } from '../../protocol/codeColors.ts';
import type { Host } from '../shared/host.ts';
import { NearViewport } from '../shared/nearViewport.ts';
import { ColoredCode } from './coloredCode.ts';

/** The panel's code blocks and their colors, which the host knows: text never waits for them. */
export class CodeColors {
  readonly #host: Host;
  readonly #blocks = new Map<string, ColoredCode>();
  readonly #nearby = new NearViewport();

  constructor(host: Host) {
    this.#host = host;
    host.onMessage((message) => {
      if (message.type === 'colored') {
        this.#take(message.answer);
      } else if (message.type === 'colorsChanged') {
        this.#restart();
      }
    });
  }

  /** Starts coloring a code block; the caller reports its text and ends it. */
  begin(language: string): ColoredCode {
    const code: ColoredCode = new ColoredCode(language, {
      ask: (request) => {
        this.#blocks.set(request.id, code);
        this.#host.post({ type: 'color', request });
      },
      forget: (id) => {
        this.#blocks.delete(id);
      },
    });
    return code;
  }

  /** Colors a block once its element is near the viewport; returns how to cancel. */
  whenNear(element: Element, code: ColoredCode): () => void {
    return this.#nearby.watch(element, () => {
      code.want();
    });
  }

  #take(answer: ColorAnswer): void {
    this.#blocks.get(answer.id)?.receive(answer);
  }

  #restart(): void {
    for (const code of new Set(this.#blocks.values())) {
      code.restart();
    }
  }
}
