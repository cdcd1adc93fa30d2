import { objectIn } from '../../util/json.ts';
import { fittedTo, meantObjects } from './answerShapes.ts';
import type { AnswerValidator, ValidationResult } from './answerValidator.ts';

/**
 * The first object in these texts that the schema accepts, or what is wrong with the first one; absent if there is none.
 * What has the schema's form comes before what is only brought into it. Where a text is whole, its last brackets may be
 * missing.
 */
export function readAnswer<Out>(
  validator: AnswerValidator<Out>,
  texts: readonly string[],
  isWhole = false,
): ValidationResult<Out> | undefined {
  const objects = texts
    .flatMap((text) => [...meantObjects(text, isWhole)])
    .map((object) => ({ object, fitted: objectIn(fittedTo(object, validator.strict)) ?? object }));
  const hasForm = ({ object, fitted }: (typeof objects)[number]): boolean =>
    JSON.stringify(object) === JSON.stringify(fitted);
  for (const { fitted } of [...objects.filter(hasForm), ...objects.filter((each) => !hasForm(each))]) {
    const result = validator.validate(fitted);
    if (result.fault === undefined) {
      return result;
    }
  }
  // The model is told of what it wrote.
  const [first] = objects;
  return first && validator.validate(first.object);
}
