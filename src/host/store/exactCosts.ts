import type { DatabaseSync } from 'node:sqlite';
import {
  isTooDeep,
  numberIn,
  objectIn,
  objectsIn,
  parseJson,
  type JsonObject,
} from '../../core/util/json.ts';

const picoDollarsPerMicroDollar = 1_000_000;

/** Makes the costs of all answers exact. One that cannot be read stays as it is: it does not keep the others back. */
export function makeCostsExact(database: DatabaseSync): void {
  const save = database.prepare('UPDATE message SET answer = ? WHERE id = ?');
  for (const { id, answer } of database
    .prepare('SELECT id, answer FROM message WHERE answer IS NOT NULL')
    .all()) {
    const saved = objectIn(parseJson(String(answer)));
    if (saved && !isTooDeep(saved)) {
      const { earlier } = saved;
      const exact = {
        ...withExactCost(saved),
        ...(earlier !== undefined && { earlier: objectsIn(earlier).map(withExactCost) }),
      };
      save.run(JSON.stringify(exact), String(id));
    }
  }
}

function withExactCost(generation: JsonObject): JsonObject {
  const usage = objectIn(generation['usage']);
  const cost = numberIn(usage?.['cost']);
  return cost === undefined
    ? generation
    : { ...generation, usage: { ...usage, cost: cost * picoDollarsPerMicroDollar } };
}
