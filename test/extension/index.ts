import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { loadTests } from 'test-list';

/** Runs all tests inside the extension host, and writes the counts to the file that the runner has named. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 20_000, forbidOnly: true, forbidPending: true, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of loadTests) {
    await load();
  }
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.once('end', () => {
      const { passes = 0, failures: failed = 0 } = runner.stats ?? {};
      writeFileSync(process.env['SWITCHBOARD_RESULTS'] ?? '', JSON.stringify({ passes, failures: failed }));
    });
  });
  if (failures > 0) {
    throw new Error(`${failures} test(s) failed`);
  }
}
