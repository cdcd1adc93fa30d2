import { commandTitles } from '../../host/platform/commandTitles.ts';
import type { ChatSurface } from '../../host/chat/chatSurface.ts';
import { registerModelItem, type AskedChat } from '../../host/models/modelItem.ts';
import type { ModelTargets } from '../../host/models/modelTarget.ts';
import { commandIds } from '../../host/platform/contributions.ts';
import type { Feature } from '../commandTable.ts';
import type { LazyServices } from '../lazyServices.ts';
import type { Services } from '../services.ts';

/** Which model is asked, how much it thinks, and through whom. */
export function modelsFeature(
  { context, owned, log, settings, catalog, memory, passKeyGate }: Services,
  { picker, endpoints }: LazyServices,
  surface: ChatSurface & AskedChat,
) {
  const targets = async (): Promise<ModelTargets> => {
    const { ModelTargets: Targets } = await import('../../host/models/modelTarget.ts');
    const titles = commandTitles(context.extension.packageJSON);
    return new Targets({ settings, catalog, chat: await surface.controller(), titles });
  };
  const panel = owned.lazy(async () => {
    const { ModelPanel } = await import('../../host/models/modelPanel.ts');
    const remembered = await memory();
    return new ModelPanel({
      ...{ extensionUri: context.extensionUri, catalog, settings, log },
      endpoints: await endpoints(),
      memory: remembered,
      inUse: async () => (await surface.controller()).model,
      use: async (id) => {
        await remembered.used(id);
        const all = await targets();
        await all.set(all.first(), id);
      },
    });
  });
  return {
    disposables: [registerModelItem(catalog, settings, surface)],
    commands: {
      [commandIds.selectModel]: async () => {
        if (await passKeyGate()) {
          const { selectModel } = await import('../../host/models/selectModel.ts');
          await selectModel({ ...(await picker()), targets: await targets() });
        }
      },
      [commandIds.showModel]: async (model?: string) => (await panel()).show(model),
      [commandIds.costOnOtherModels]: async () => {
        const { costOnOtherModels } = await import('../../host/models/costOnOtherModels.ts');
        await costOnOtherModels(surface, catalog);
      },
      [commandIds.selectEffort]: async () => {
        const { selectEffort } = await import('../../host/models/selectEffort.ts');
        await selectEffort((await surface.controller()).model, catalog, settings);
      },
      [commandIds.configureRequests]: async () => {
        const { configureRequests } = await import('../../host/routing/configureRequests.ts');
        await catalog.load();
        await configureRequests({ settings, catalog }, (await surface.controller()).model);
      },
      [commandIds.configureRouting]: async (model?: string) => {
        const { configureRouting } = await import('../../host/routing/configureRouting.ts');
        await configureRouting(
          { settings, catalog, endpoints: await endpoints() },
          model ?? (await surface.controller()).model,
        );
      },
    },
  } satisfies Feature;
}
