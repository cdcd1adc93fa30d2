import type { CleanText } from '../context/clean.ts';
import type { Model } from '../model/model.ts';
import { audioFormats, type AudioFormat, type MediaPart } from './part.ts';

/** An image, document, or audio file to attach, and its size in bytes. */
export interface MediaItem {
  readonly id: string;
  readonly part: MediaPart;
  readonly bytes: number;
}

const imageTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** Extensions of files that can be attached as is. */
export const mediaExtensions: readonly string[] = [...Object.keys(imageTypes), 'pdf', ...audioFormats];

/** Whether a file with this name can be attached as is. */
export function isMediaFile(fileName: string): boolean {
  return mediaExtensions.includes(extensionOf(fileName));
}

/** What a file is to a model, by its name; absent if unsupported. `name` is the one that is sent. */
export function toMediaPart(fileName: string, name: CleanText, base64: string): MediaPart | undefined {
  const extension = extensionOf(fileName);
  const imageType = imageTypes[extension];
  if (imageType !== undefined) {
    return { type: 'image', name, url: `data:${imageType};base64,${base64}` };
  }
  if (extension === 'pdf') {
    return { type: 'file', name, url: `data:application/pdf;base64,${base64}` };
  }
  const format = audioFormats.find((each): each is AudioFormat => each === extension);
  return format && { type: 'audio', name, format, data: base64 };
}

function extensionOf(fileName: string): string {
  return /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/** Why a model can't take a part; absent if it can or nobody knows. Documents work with every model. */
export function lackFor(part: MediaPart, model: Model | undefined): 'images' | 'audio' | undefined {
  const needed = part.type === 'image' ? 'images' : part.type === 'audio' ? 'audio' : undefined;
  // It isn't known which model a router will choose; it considers the request's content.
  const known = model !== undefined && model.pricing?.kind !== 'variable';
  return needed !== undefined && known && !model.capabilities.includes(needed) ? needed : undefined;
}
