import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { loadTests } from 'test-list';

/** Runs all tests inside the extension host, and writes the counts to the file that the runner has named. */
export async function run(): Promise<void> {
  // The console of the extension host is shared with the editor's own words, so the report goes with the counts.
  const report: string[] = [];
  Mocha.reporters.Base.consoleLog = (...words: unknown[]) => report.push(format(...words));
  const mocha = new Mocha({ timeout: 20_000, forbidOnly: true, forbidPending: true, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of loadTests) {
    await load();
  }
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run((count) => {
      const { passes = 0, failures: failed = 0 } = runner.stats ?? {};
      const results = { passes, failures: failed, report: report.join('\n') };
      writeFileSync(process.env['SWITCHBOARD_RESULTS'] ?? '', JSON.stringify(results));
      resolve(count);
    });
  });
  if (failures > 0) {
    throw new Error(`${failures} test(s) failed`);
  }
}
