import { t } from '@vscode/l10n';
import type { Host } from '../shared/host.ts';

/** Larger images are scaled down: models see no more pixels than this, and every pixel costs. */
const maxEdge = 1_568;

/** It is sent in messages and saved with the chat. */
const maxBytes = 20 * 1_024 * 1_024;

const listTypes = ['application/vnd.code.uri-list', 'text/uri-list'] as const;

/** Whether something dragged or pasted is a file. */
export function holdsFiles(data: DataTransfer): boolean {
  return data.files.length > 0 || data.types.some((type) => type === 'Files' || isListType(type));
}

/** Attaches what was dropped or pasted; says what is too large. */
export async function attachFrom(
  data: DataTransfer,
  host: Host,
  say: (words: string) => void,
): Promise<void> {
  const uris = urisIn(data);
  if (uris.length > 0) {
    host.post({ type: 'attachUris', uris: [...uris] });
    return;
  }
  // The file list is gone after the event.
  for (const file of [...data.files]) {
    if (file.size > maxBytes) {
      say(t('{0} is too large to attach.', file.name));
      continue;
    }
    const { name, blob } = await smaller(file);
    host.post({ type: 'attachContent', name, base64: await toBase64(blob) });
  }
}

/** A longer pasted text is attached instead: no text box handles megabytes. */
const maxWrittenLength = 50_000;

/** Attaches a text too long for the composer. */
export async function attachLongText(text: string, host: Host): Promise<void> {
  host.post({ type: 'attachContent', name: t('Pasted text'), base64: await toBase64(new Blob([text])) });
}

/** Whether a pasted text is too long for the composer. */
export function isLongText(text: string): boolean {
  return text.length > maxWrittenLength;
}

function urisIn(data: DataTransfer): readonly string[] {
  const list = listTypes.map((type) => data.getData(type)).find((text) => text !== '') ?? '';
  return list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}

function isListType(type: string): boolean {
  return listTypes.some((each) => each === type);
}

/** An image no larger than models see; everything else as is. */
async function smaller(file: File): Promise<{ readonly name: string; readonly blob: Blob }> {
  // An animated image would lose its animation.
  if (!/^image\/(?:png|jpeg|webp)$/.test(file.type)) {
    return { name: file.name, blob: file };
  }
  try {
    const picture = await createImageBitmap(file);
    const scale = maxEdge / Math.max(picture.width, picture.height);
    if (scale >= 1) {
      return { name: file.name, blob: file };
    }
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return { name: file.name, blob: await canvas.convertToBlob({ type: file.type, quality: 0.9 }) };
  } catch {
    // What can't be drawn here may still be readable by a model.
    return { name: file.name, blob: file };
  }
}

async function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('the file cannot be read'));
    };
    reader.readAsDataURL(blob);
  });
}
