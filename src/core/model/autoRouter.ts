import { objectIn, type JsonObject } from '../util/json.ts';
import { isListOf, isText, type Test } from '../util/shape.ts';
import type { Model } from './model.ts';

/** How much the Auto Router may spend on a model, by the service's names. */
export const costTiers = ['low', 'medium', 'high', 'xhigh', 'max'] as const;

/** What the Auto Router chooses from, by the service's own names. */
export interface AutoRouter {
  readonly allowed_models?: readonly string[];
  readonly excluded_models?: readonly string[];
  readonly cost_tier?: (typeof costTiers)[number];
}

const isPatterns = isListOf((value) => isText(value) && String(value).trim() !== '');
const fields: Readonly<Record<keyof AutoRouter, readonly [test: Test, takes: string]>> = {
  allowed_models: [isPatterns, 'a list of model ids or patterns such as "anthropic/*"'],
  excluded_models: [isPatterns, 'a list of model ids or patterns such as "anthropic/*"'],
  cost_tier: [(value) => costTiers.some((tier) => tier === value), `one of ${costTiers.join(', ')}`],
};

/**
 * Reads what the Auto Router may choose from. Nothing may be sent to it while there are faults: it might choose a model
 * that the user ruled out.
 */
export function parseAutoRouter(value: unknown): {
  readonly choice: AutoRouter;
  readonly faults: readonly string[];
} {
  const object = objectIn(value);
  if (!object) {
    return { choice: {}, faults: value === undefined ? [] : ['It must be an object.'] };
  }
  const known: Readonly<Record<string, readonly [test: Test, takes: string]>> = fields;
  const faults = Object.entries(object).flatMap(([name, each]) => {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!field) {
      return [`"${name}" isn't known.`];
    }
    return field[0](each) ? [] : [`"${name}" must be ${field[1]}.`];
  });
  return { choice: withoutEmpty(object), faults };
}

function withoutEmpty(object: JsonObject): AutoRouter {
  return Object.fromEntries(
    Object.entries(object).filter(([, each]) => !(Array.isArray(each) && each.length === 0)),
  );
}

const routers = { 'openrouter/auto': 'auto-router', 'openrouter/auto-beta': 'auto-beta-router' } as const;

/** The plugins that steer the routers among these models. */
export function routersIn(ids: readonly string[]): readonly (typeof routers)[keyof typeof routers][] {
  const known: Readonly<Record<string, (typeof routers)[keyof typeof routers]>> = routers;
  return [...new Set(ids)].flatMap((id) => (Object.hasOwn(known, id) && known[id] ? [known[id]] : []));
}

/** The models that the router may choose; all if no known one is among those allowed. */
export function routable(models: readonly Model[], choice: AutoRouter = {}): readonly Model[] {
  const allowed = choice.allowed_models?.map(toPattern);
  const excluded = choice.excluded_models?.map(toPattern) ?? [];
  const some = models.filter(
    ({ id }) =>
      (allowed?.some((pattern) => pattern.test(id)) ?? true) && !excluded.some((pattern) => pattern.test(id)),
  );
  return some.length === 0 ? models : some;
}

/** `*` stands for any text. */
function toPattern(text: string): RegExp {
  const literal = text.trim().replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*')}$`);
}
