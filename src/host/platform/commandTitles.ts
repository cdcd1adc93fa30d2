import { arrayIn, objectIn, textIn } from '../../core/util/json.ts';

/** The titles of our commands in a manifest, by their ids, in the language of the user. */
export function commandTitles(manifest: unknown): ReadonlyMap<string, string> {
  const commands = arrayIn(objectIn(objectIn(manifest)?.['contributes'])?.['commands']);
  return new Map(
    commands.map((each) => {
      const command = objectIn(each);
      return [textIn(command?.['command']) ?? '', textIn(command?.['title']) ?? ''];
    }),
  );
}
