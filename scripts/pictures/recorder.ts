import type { Page } from 'playwright-core';
import UPNG from 'upng-js';

interface Frame {
  readonly png: Buffer;
  readonly at: number;
}

/** How many colors a picture keeps: text stays sharp, and files stay small. */
const colors = 128;
/** A frame is shown this long where nothing happened for longer; at the end of a scene, a reader looks around. */
const longestMs = 700;
const restMs = 1_600;
/** Between two frames. */
const stepMs = 180;

/** Records what a page shows as an animated PNG, without the time in which nothing moves. */
export class Recorder {
  readonly #page: Page;
  readonly #frames: Frame[] = [];
  /** Frames that a reader gets time to look at. */
  readonly #rests = new Set<number>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** Records while a scene is played. */
  async during(scene: () => Promise<void>): Promise<void> {
    const over = new AbortController();
    const recording = (async () => {
      while (!over.signal.aborted) {
        await this.#look();
        await this.#page.waitForTimeout(stepMs);
      }
    })();
    try {
      await scene();
    } finally {
      over.abort();
      await recording;
    }
  }

  /** Lets the reader look at what is there now. */
  async rest(): Promise<void> {
    await this.#look();
    this.#rests.add(this.#frames.length - 1);
  }

  /** All frames as an animated PNG that runs again and again. */
  animation(): Uint8Array {
    const [first] = this.#frames;
    if (!first) {
      throw new Error('nothing was recorded');
    }
    const { width, height } = UPNG.decode(toArrayBuffer(first.png));
    const images = this.#frames.map(({ png }) => pixelsOf(png));
    const delays = this.#frames.map(({ at }, index) =>
      this.#rests.has(index)
        ? restMs
        : Math.min(longestMs, (this.#frames[index + 1]?.at ?? at + restMs) - at),
    );
    return new Uint8Array(UPNG.encode(images, width, height, colors, delays));
  }

  async #look(): Promise<void> {
    const png = await this.#page.screenshot({ caret: 'hide' });
    const last = this.#frames.at(-1);
    if (last === undefined || !last.png.equals(png)) {
      this.#frames.push({ png, at: Date.now() });
    }
  }
}

/** The same picture with fewer colors. */
export function smallPng(png: Buffer): Uint8Array {
  const { width, height } = UPNG.decode(toArrayBuffer(png));
  return new Uint8Array(UPNG.encode([pixelsOf(png)], width, height, colors * 2));
}

function pixelsOf(png: Buffer): ArrayBuffer {
  const [pixels] = UPNG.toRGBA8(UPNG.decode(toArrayBuffer(png)));
  if (!pixels) {
    throw new Error('the picture is empty');
  }
  return pixels;
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
