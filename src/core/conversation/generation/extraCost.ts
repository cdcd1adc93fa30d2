import type { Model } from '../../model/model.ts';
import { costAt, pricesAt, type Prices } from '../../model/pricing.ts';
import { microDollarsFrom, type PicoDollars } from '../../money/money.ts';
import { mediaOf, type Message } from '../message.ts';
import type { MediaPart } from '../part.ts';

/** Attached images, documents, and audio, by what their price depends on. */
export interface MediaSize {
  readonly images: number;
  /** The most tokens that documents and audio may be. */
  readonly fileTokens: number;
  readonly audioTokens: number;
}

/** How often a model may search and read the web for one answer. */
export const maxWebCalls = 8;

/** A large image at full detail. */
const tokensPerImage = 6_000;
/** The densest documents and the most compressed speech have no more. */
const bytesPerFileToken = 1;
const bytesPerAudioToken = { compressed: 25, raw: 250 } as const;
const rawFormats: ReadonlySet<string> = new Set(['wav', 'aiff', 'pcm16', 'pcm24']);
/** What a search or a page adds to the prompt. */
const tokensPerWebCall = 4_000;
/** The price of a search where a model lists none. */
const usualSearchPrice = microDollarsFrom(0.015 * 1_000_000) ?? 0;

/** Without any attachment. */
export const noMedia: MediaSize = { images: 0, fileTokens: 0, audioTokens: 0 };

/** What is attached to these messages. */
export function mediaIn(messages: readonly Message[]): MediaSize {
  return mediaSize(messages.flatMap(mediaOf));
}

/** The size of attachments. */
export function mediaSize(parts: readonly MediaPart[]): MediaSize {
  return parts.map(sizeOfPart).reduce(addMedia, noMedia);
}

/** Both together. */
export function addMedia(one: MediaSize, other: MediaSize): MediaSize {
  return {
    images: one.images + other.images,
    fileTokens: one.fileTokens + other.fileTokens,
    audioTokens: one.audioTokens + other.audioTokens,
  };
}

/** Whether there is any. */
export function hasMedia({ images, fileTokens, audioTokens }: MediaSize): boolean {
  return images + fileTokens + audioTokens > 0;
}

function sizeOfPart(part: MediaPart): MediaSize {
  switch (part.type) {
    case 'image':
      return { ...noMedia, images: 1 };
    case 'file':
      return { ...noMedia, fileTokens: Math.ceil(bytesOf(part.url) / bytesPerFileToken) };
    case 'audio': {
      const each = rawFormats.has(part.format) ? bytesPerAudioToken.raw : bytesPerAudioToken.compressed;
      return { ...noMedia, audioTokens: Math.ceil(bytesOfBase64(part.data) / each) };
    }
    default:
      return part satisfies never;
  }
}

/** A document at an address may be of any size. */
function bytesOf(url: string): number {
  const data = /^data:[^,]*,/.exec(url);
  return data ? bytesOfBase64(url.slice(data[0].length)) : Infinity;
}

function bytesOfBase64(data: string): number {
  return Math.ceil((data.length * 3) / 4);
}

/** What comes on top of a request's text. */
export interface Extras {
  readonly media: MediaSize;
  readonly searches: boolean;
  /** By how much the service tier may exceed the list prices. */
  readonly tier?: number;
}

/** The most that extras add to a prompt of so many tokens with a model; absent if it has no price. */
export function maxExtraCost(
  model: Model | undefined,
  prompt: number,
  { media, searches, tier = 1 }: Extras,
  now: number,
): PicoDollars | undefined {
  if (model?.pricing?.kind !== 'fixed') {
    return undefined;
  }
  const room = Math.max(0, (model.contextLength ?? Infinity) - prompt);
  const imageTokens = Math.min(media.images * tokensPerImage, room);
  const audioTokens = Math.min(media.audioTokens, room);
  const fileTokens = Math.min(media.fileTokens, room, maxFileTokens);
  const longest = prompt + imageTokens + fileTokens + audioTokens;
  const web = searches ? webTokens(longest, room + prompt) : 0;
  const prices = pricesAt(model.pricing, web > 0 ? (model.contextLength ?? longest) : longest, now);
  const dear = dearest(prices);
  const most =
    // A long prompt may have other prices than a short one.
    costAt(prices, { prompt, completion: 0 }) -
    costAt(pricesAt(model.pricing, prompt, now), { prompt, completion: 0 }) +
    (fileTokens + web) * dear +
    imageTokens * Math.max(dear, prices.imageToken ?? 0) +
    media.images * (prices.image ?? 0) +
    audioTokens * Math.max(dear, prices.audio ?? 0) +
    (searches ? maxWebCalls * (prices.webSearch ?? usualSearchPrice) : 0);
  return Math.ceil(most * tier);
}

/** No service takes longer documents, whatever it says of its context. */
const maxFileTokens = 20_000_000;

/** All is sent again with what each call has found. */
function webTokens(prompt: number, contextLength: number): number {
  let tokens = 0;
  for (let call = 1; call <= maxWebCalls; call += 1) {
    tokens += Math.min(prompt + call * tokensPerWebCall, contextLength);
  }
  return tokens;
}

function dearest({ prompt, cacheWrite = 0 }: Prices): number {
  return Math.max(prompt, cacheWrite);
}
