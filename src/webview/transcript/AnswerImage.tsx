import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { safeImage } from '../markdown/safeLink.ts';
import { usePage } from '../shared/page.ts';
import { usePart, type PartProps } from './answerPart.ts';

/** A picture that the model made. It came with the answer; nothing is fetched to show it. */
export function AnswerImage(props: PartProps): JSX.Element | null {
  const { post } = usePage().host;
  const image = safeImage(usePart(props, 'image').value?.url ?? '');
  if (image === undefined) {
    return null;
  }
  return (
    <figure class="answer-image">
      <img src={image} alt={t('Image {0} of the answer', numberOf(props))} />
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
  );
}

/** Among the pictures of the answer, counted from 1. */
function numberOf({ answer, at }: PartProps): number {
  return answer
    .peek()
    .parts.slice(0, at + 1)
    .filter(({ type }) => type === 'image').length;
}
