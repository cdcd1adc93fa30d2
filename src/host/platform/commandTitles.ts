import { arrayIn, objectIn, textIn } from '../../core/util/json.ts';

/** Our commands' titles from a manifest, by id, in the user's language. */
export function commandTitles(manifest: unknown): ReadonlyMap<string, string> {
  const commands = arrayIn(objectIn(objectIn(manifest)?.['contributes'])?.['commands']);
  return new Map(
    commands.map((each) => {
      const command = objectIn(each);
      return [textIn(command?.['command']) ?? '', textIn(command?.['title']) ?? ''];
    }),
  );
}
