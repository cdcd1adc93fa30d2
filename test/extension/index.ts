import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { format, inspect } from 'node:util';
import Mocha from 'mocha';
import { loadTests } from 'test-list';

/** Runs all tests inside the extension host; the runner has named a port for the report and a file for the counts. */
export async function run(): Promise<void> {
  // Stacks name the lines of the tests, not of the bundle.
  process.setSourceMapsEnabled(true);
  const report = connect(Number(process.env['SWITCHBOARD_REPORT_PORT']), '127.0.0.1');
  await once(report, 'connect');
  const say = (words: string): void => void report.write(`${words}\n`);
  const failures = await runMocha(say).catch((error: unknown) => {
    say(inspect(error));
    return Infinity;
  });
  report.end();
  await once(report, 'close');
  if (failures > 0) {
    throw new Error(`${failures} failed`);
  }
}

/** Gives the number of failed tests. */
async function runMocha(say: (words: string) => void): Promise<number> {
  // The console of the extension host is shared with the editor's own words.
  Mocha.reporters.Base.consoleLog = (...words: unknown[]) => {
    say(format(...words));
  };
  const mocha = new Mocha({ timeout: 20_000, forbidOnly: true, forbidPending: true, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of loadTests) {
    await load();
  }
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => {
      const { passes = 0, failures = failed, duration = 0 } = runner.stats ?? {};
      const results = JSON.stringify({ passes, failures, duration });
      writeFileSync(process.env['SWITCHBOARD_RESULTS'] ?? '', results);
      resolve(failed);
    });
  });
}
