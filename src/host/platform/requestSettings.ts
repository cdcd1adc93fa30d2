import { routersIn } from '../../core/model/autoRouter.ts';
import { parseFieldsByModel } from '../../core/model/requestFields.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import { fieldSettings } from './fieldSettings.ts';
import { autoRouterOf, routingOf } from './routingSettings.ts';
import type { Settings } from './settings.ts';

/** The settings for a request to a model. Throws a `RequestError` of kind `routing` if routing is invalid. */
export function requestSettings(settings: Settings, model = settings.model()): RequestSettings {
  const effort = settings.reasoningEffort();
  const fallbackModels = settings.read('fallbackModels').map((each) => each.trim());
  const routing = routingOf(settings, model);
  const autoRouter = routersIn([model, ...fallbackModels]).length > 0 ? autoRouterOf(settings) : {};
  return {
    model,
    maxTokens: settings.read('maxTokens'),
    ...(fallbackModels.length > 0 && { fallbackModels }),
    ...(Object.keys(routing).length > 0 && { routing }),
    ...(effort !== 'default' && { reasoningEffort: effort }),
    ...(settings.read('webSearch') && { webSearch: true }),
    ...(settings.read('responseCache') && { responseCache: true }),
    ...fieldSettings((name) => settings.read(name), writtenFields(settings).byModel, model),
    ...(Object.keys(autoRouter).length > 0 && { autoRouter }),
  };
}

/** Advanced fields that can't be sent, each with its model. */
export function faultyFields(settings: Settings): readonly string[] {
  return writtenFields(settings).faulty;
}

function writtenFields(settings: Settings): ReturnType<typeof parseFieldsByModel> {
  return parseFieldsByModel(settings.inspect('requestFields').globalValue);
}
