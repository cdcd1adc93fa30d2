import type { AnswerToolParts } from '../../host/answers/answerTools.ts';
import type { ChatSurface } from '../../host/chat/chatSurface.ts';
import { commandIds } from '../../host/platform/contributions.ts';
import type { Feature } from '../commandTable.ts';
import type { LazyServices } from '../lazyServices.ts';
import type { Services } from '../services.ts';

/** One question to several models, whose answers are shown side by side. */
export function compareFeature(
  { owned, catalog, settings, passKeyGate }: Services,
  { chats, estimator }: LazyServices,
  { page, side }: { readonly page: () => Promise<AnswerToolParts>; readonly side: ChatSurface },
) {
  const comparisons = owned.lazy(async () => {
    const { Comparisons } = await import('../../host/compare/comparisons.ts');
    return new Comparisons({
      ...{ catalog, settings, side },
      page: await page(),
      chats: await chats(),
      estimator: await estimator(),
    });
  });
  return {
    disposables: [],
    commands: {
      [commandIds.compareModels]: async () => {
        if (await passKeyGate()) {
          const { compareModels } = await import('../../host/compare/compareModels.ts');
          await compareModels({ comparisons: await comparisons(), surface: side, catalog, settings });
        }
      },
    },
  } satisfies Feature;
}
