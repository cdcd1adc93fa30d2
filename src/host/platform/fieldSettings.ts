import {
  fieldsFor,
  samplings,
  samplingValues,
  splitFields,
  type FieldsByModel,
} from '../../core/model/requestFields.ts';
import type { RequestSettings } from '../../core/model/requestSettings.ts';
import type { SettingValues } from './contributions.ts';

/** The settings that are read here. */
export type FieldSetting = 'sampling' | 'temperature' | 'topP' | 'contextCompression' | 'responseHealing';

type Reader = <Name extends FieldSetting>(name: Name) => SettingValues[Name];

/** Sampling and advanced fields (the model's own first, then single settings, then the preset), and what the service does. */
export function fieldSettings(
  read: Reader,
  requestFields: FieldsByModel,
  model: string,
): Partial<RequestSettings> {
  const [temperature, topP, compression] = [read('temperature'), read('topP'), read('contextCompression')];
  const preset = samplings.find((each) => each === read('sampling')) ?? 'default';
  const { sampling, rest } = splitFields(fieldsFor(requestFields, model));
  const set = { ...(temperature !== null && { temperature }), ...(topP !== null && { topP }) };
  return {
    ...samplingValues(preset, set, sampling),
    ...(Object.keys(rest).length > 0 && { fields: rest }),
    ...(compression !== 'default' && { contextCompression: compression === 'on' }),
    ...(read('responseHealing') && { responseHealing: true }),
  };
}
