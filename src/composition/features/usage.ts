import type { ChatSurface } from '../../host/chat/chatSurface.ts';
import { commandIds } from '../../host/platform/contributions.ts';
import type { Feature } from '../commandTable.ts';
import type { LazyServices } from '../lazyServices.ts';
import type { Services } from '../services.ts';

/** What was sent and what it cost, and what would be sent next. */
export function usageFeature(
  { context, owned, log, server, serverKind, settings, catalog }: Services,
  { store }: LazyServices,
  surface: ChatSurface,
) {
  const panel = owned.lazy(async () => {
    const { UsagePanel } = await import('../../host/usage/usagePanel.ts');
    const { records } = await store();
    return new UsagePanel({ extension: context.extension, records, catalog, server, log });
  });
  const preview = owned.lazy(async () => {
    const { RequestPreview } = await import('../../host/chat/previewRequest.ts');
    return new RequestPreview({ surface, server, serverKind, settings, catalog });
  });
  return {
    disposables: [],
    commands: {
      [commandIds.showUsage]: async () => {
        (await panel()).show();
      },
      [commandIds.previewRequest]: async () => (await preview()).show(),
      [commandIds.copyAsCurl]: async () => (await preview()).copyAsCurl(),
    },
  } satisfies Feature;
}
