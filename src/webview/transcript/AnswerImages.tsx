import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { safeImage } from '../markdown/safeLink.ts';
import { usePage } from '../shared/page.ts';

/** Pictures that a model made. They came with the answer; nothing is fetched to show them. */
export function AnswerImages({ images }: { readonly images: readonly string[] }): JSX.Element {
  const { post } = usePage().host;
  return (
    <>
      {images
        .flatMap((image) => safeImage(image) ?? [])
        .map((image, at) => (
          <figure key={at} class="answer-image">
            <img src={image} alt={t('Image {0} of the answer', at + 1)} />
            <figcaption>
              <button
                type="button"
                class="secondary"
                onClick={() => {
                  post({ type: 'saveImage', image });
                }}
              >
                {t('Save image')}
              </button>
            </figcaption>
          </figure>
        ))}
    </>
  );
}
