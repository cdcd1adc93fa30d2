// Mocha's spec reporter, which also writes how many tests passed and failed, in all and in each file, to the file that
// is named by SWITCHBOARD_RESULTS: the runner believes that file, not an exit code.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS } = Mocha.Runner.constants;

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = {};
    const count = (outcome) => (test) => {
      // A hook has no file of its own.
      const file = test.file ?? test.parent?.file ?? '';
      files[file] ??= { passes: 0, failures: 0 };
      files[file][outcome] += 1;
    };
    runner.on(EVENT_TEST_PASS, count('passes'));
    runner.on(EVENT_TEST_FAIL, count('failures'));
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, duration } = this.stats;
      writeFileSync(process.env.SWITCHBOARD_RESULTS, JSON.stringify({ passes, failures, duration, files }));
    });
  }
};
