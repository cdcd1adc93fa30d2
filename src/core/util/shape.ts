import { numberIn, objectIn } from './json.ts';

/** Whether a value has a certain shape. For startup code, where a schema library would triple what is loaded. */
export type Test = (value: unknown) => boolean;

export const isFlag: Test = (value) => typeof value === 'boolean';
export const isText: Test = (value) => typeof value === 'string';
export const isNumber: Test = (value) => numberIn(value) !== undefined;

export function isListOf(test: Test): Test {
  return (value) => Array.isArray(value) && value.every(test);
}

/** An object whose known fields, if present, pass their tests. */
export function isObjectOf(tests: Readonly<Record<string, Test>>): Test {
  return (value) => {
    const object = objectIn(value);
    return (
      object !== undefined &&
      Object.entries(tests).every(([name, test]) => object[name] === undefined || test(object[name]))
    );
  };
}
