// Mocha's spec reporter, which also writes how many tests passed and failed to the file that is named by
// SWITCHBOARD_RESULTS: the runner believes that file, not an exit code.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

const { EVENT_RUN_END } = Mocha.Runner.constants;

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      writeFileSync(process.env.SWITCHBOARD_RESULTS, JSON.stringify({ passes, failures }));
    });
  }
};
