import type { ColourAnswer } from '../../protocol/codeColors.ts';
import type { Host } from '../shared/host.ts';
import { Nearby } from '../shared/nearViewport.ts';
import { ColouredCode } from './coloredCode.ts';

/** The code blocks of the panel and their colours, which the host knows: text is never held up by them. */
export class CodeColours {
  readonly #host: Host;
  readonly #blocks = new Map<string, ColouredCode>();
  readonly #nearby = new Nearby();

  constructor(host: Host) {
    this.#host = host;
    host.onMessage((message) => {
      if (message.type === 'coloured') {
        this.#take(message.answer);
      } else if (message.type === 'coloursChanged') {
        this.#restart();
      }
    });
  }

  /** Begins to colour a block of code; the caller tells it about its text, and ends it. */
  begin(language: string): ColouredCode {
    const code: ColouredCode = new ColouredCode(language, {
      ask: (request) => {
        this.#blocks.set(request.id, code);
        this.#host.post({ type: 'colour', request });
      },
      forget: (id) => {
        this.#blocks.delete(id);
      },
    });
    return code;
  }

  /** Has a block coloured as soon as its element is near to what one sees; returns how to call it off. */
  whenNear(element: Element, code: ColouredCode): () => void {
    return this.#nearby.watch(element, () => {
      code.want();
    });
  }

  #take(answer: ColourAnswer): void {
    this.#blocks.get(answer.id)?.receive(answer);
  }

  #restart(): void {
    for (const code of new Set(this.#blocks.values())) {
      code.restart();
    }
  }
}
