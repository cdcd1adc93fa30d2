import type { JSX } from 'preact';
import { safeImage } from '../markdown/safeLink.ts';
import { usePanel } from './context.ts';

/** Pictures that a model made. They came with the answer; nothing is fetched to show them. */
export function AnswerImages({ images }: { readonly images: readonly string[] }): JSX.Element {
  const { post } = usePanel().host;
  return (
    <>
      {images
        .flatMap((image) => safeImage(image) ?? [])
        .map((image, at) => (
          <figure key={at} class="answer-image">
            <img src={image} alt={`Picture ${String(at + 1)} of the answer`} />
            <figcaption>
              <button
                type="button"
                class="secondary"
                onClick={() => {
                  post({ type: 'saveImage', image });
                }}
              >
                Save picture
              </button>
            </figcaption>
          </figure>
        ))}
    </>
  );
}
