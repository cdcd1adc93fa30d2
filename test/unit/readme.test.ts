import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';

const manifest = z
  .looseObject({
    engines: z.object({ vscode: z.string() }),
    contributes: z.looseObject({
      commands: z.array(z.looseObject({ command: z.string(), title: z.string(), category: z.string() })),
      keybindings: z.array(z.looseObject({ command: z.string(), key: z.string(), mac: z.string() })),
      configuration: z.looseObject({
        properties: z.record(z.string(), z.looseObject({ default: z.unknown() })),
      }),
      configurationDefaults: z.record(z.string(), z.unknown()),
    }),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const words = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync('package.nls.json', 'utf8')));
const readme = readFileSync('README.md', 'utf8');
const { commands, keybindings, configuration, configurationDefaults } = manifest.contributes;

function titleOf(command: string): string {
  const title = commands.find((each) => each.command === command)?.title ?? '';
  return words[title.replaceAll('%', '')] ?? title;
}

/** The rows of the table in a section that begins with a heading, without those of its head. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('README', () => {
  it('lists every command once, under its own title', () => {
    const titles = commands.map(({ command }) => titleOf(command));
    const listed = rowsOf('All commands').flatMap(([cell = '']) => {
      const last = cell.split(' ').at(-1) ?? '';
      return cell.split(', ').map((each) => (titles.includes(each) ? each : `${each} ${last}`));
    });
    assert.deepEqual(listed.toSorted(), titles.toSorted());
  });

  it('has the category under which the Command Palette has them', () => {
    assert.deepEqual([...new Set(commands.map(({ category }) => category))], ['Switchboard']);
    assert.ok(readme.includes('All commands are in the Command Palette under "Switchboard".'));
  });

  it('lists every setting once, with its default', () => {
    const rows = rowsOf('All settings');
    const defaults = Object.entries(configuration.properties).map(([name, { default: value }]) => {
      const written = JSON.stringify(value);
      const isNone = ['null', '""', '[]', '{}'].includes(written);
      const isList = typeof value === 'object';
      return [name, isNone ? 'none' : isList ? 'a list' : `\`${written.replaceAll('"', '')}\``];
    });
    const listed = rows.map(([name = '', value = '']) => {
      const shown = value === 'not sent' ? 'none' : value === '`.env`, keys, and more' ? 'a list' : value;
      return [name.replaceAll('`', ''), shown];
    });
    assert.deepEqual(listed.toSorted(), defaults.toSorted());
  });

  it("names in its text no setting or command that there isn't", () => {
    const named = Array.from(readme.matchAll(/`(switchboard\.[\w.]+)`/g), ([, name = '']) => name);
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((name) => !(name in configuration.properties)),
      [],
    );
  });

  it('has the shortcuts of package.json, on all systems', () => {
    const written = rowsOf('Review changes').flatMap(([names = '', others = '', mac = '']) => {
      const [other = [], own = []] = [others, mac].map((keys) => {
        const [first = '', ...rest] = keys.split(', ');
        // A comma is a key, too.
        const all = keys.endsWith(',')
          ? [keys]
          : [first, ...rest.map((key) => first.replace(/ \S+$/, ` ${key}`))];
        return all.map((key) => key.replace('⌘', 'cmd+').toLowerCase());
      });
      const titles = names.split(', ').map((name) => name.toLowerCase().replace(/ change$/, ''));
      return titles.map((title, at) => [title, other[at], own[at]]);
    });
    const bound = keybindings.map(({ command, key, mac }) => {
      const title = titleOf(command)
        .toLowerCase()
        .replace(/ changes?$/, '');
      return [title, key, mac];
    });
    assert.deepEqual(written.toSorted(), bound.toSorted());
  });

  it('names the oldest VS Code that can run it, and the default that it changes', () => {
    const oldest = /\d+\.\d+/.exec(manifest.engines.vscode)?.[0] ?? '';
    assert.ok(readme.includes(`Your own VS Code must be ${oldest} or newer.`));
    assert.deepEqual(configurationDefaults, { 'comments.openView': 'firstFileUnresolved' });
    assert.ok(readme.includes('the default of `comments.openView` to `firstFileUnresolved`'));
  });

  it('shows pictures and leads to files that there are', () => {
    const links = Array.from(readme.matchAll(/\]\((?!https:)([^)#]+)\)/g), ([, path = '']) => path);
    assert.ok(links.length >= 4);
    assert.deepEqual(
      links.filter((path) => !existsSync(path)),
      [],
    );
  });
});
