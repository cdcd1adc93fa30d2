import type { ChatRequest } from '../../core/conversation/generation/chatModel.ts';
import type { ChatSurface } from '../../host/chat/chatSurface.ts';
import { commandIds } from '../../host/platform/contributions.ts';
import type { Feature } from '../commandTable.ts';
import type { LazyServices } from '../lazyServices.ts';
import type { Services } from '../services.ts';

/** What was sent and what it cost, and what would be sent next. */
export function usageFeature(
  { context, owned, log, server, serverKind, settings, keys, catalog, passKeyGate }: Services,
  { store, writes, model, estimator }: LazyServices,
  surface: ChatSurface,
) {
  const panel = owned.lazy(async () => {
    const { UsagePanel } = await import('../../host/usage/usagePanel.ts');
    const { records } = await store();
    return new UsagePanel({
      ...{ records, catalog, log },
      extension: context.extension,
      baseUrl: () => settings.baseUrl(),
      apiKey: () => keys.get(),
    });
  });
  const preview = owned.lazy(async () => {
    const { RequestPreview } = await import('../../host/chat/previewRequest.ts');
    const { OpenRouterPreview } = await import('../../core/openrouter/chat/requestPreview.ts');
    const format = new OpenRouterPreview(server);
    const estimate = async (request: ChatRequest) => (await estimator()).estimate(request);
    return new RequestPreview({ surface, format, serverKind, settings, catalog, chat: model, estimate });
  });
  return {
    disposables: [],
    commands: {
      [commandIds.showUsage]: async () => {
        (await panel()).show();
      },
      [commandIds.previewRequest]: async () => (await preview()).show(),
      [commandIds.echoUpstreamBody]: async () => {
        if (await passKeyGate()) {
          await (await preview()).echo();
        }
      },
      [commandIds.copyAsCurl]: async () => (await preview()).copyAsCurl(),
      [commandIds.insertClientCode]: async () => {
        const { OpenRouterClientCode } = await import('../../core/openrouter/chat/clientCode.ts');
        const { insertClientCode } = await import('../../host/chat/insertClientCode.ts');
        const format = new OpenRouterClientCode(server);
        await insertClientCode({ surface, format, settings, catalog, writes: await writes() });
      },
    },
  } satisfies Feature;
}
