import { parseArgs } from 'node:util';
import { findScenario, scenarios } from './scenarios.ts';
import { simulatorKey, startSimulator } from './simulator.ts';

/** Runs the simulator by itself: `node test/simulator/main.ts --port 4010 --scenario stall`. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    scenario: { type: 'string', default: 'default' },
    'tokens-per-second': { type: 'string', default: '60' },
    'first-token-ms': { type: 'string', default: '350' },
    list: { type: 'boolean', default: false },
  },
});

if (values.list) {
  for (const { name, about } of scenarios) console.log(`${name.padEnd(44)}${about}`);
  process.exit();
}

const scenario = findScenario(values.scenario);
if (!scenario) {
  console.error(`There is no scenario named ${values.scenario}; --list shows them.`);
  process.exit(1);
}

const simulator = await startSimulator({
  port: Number(values.port),
  scenario,
  pace: {
    tokensPerSecond: Number(values['tokens-per-second']),
    firstTokenMs: Number(values['first-token-ms']),
  },
  listScenarios: true,
});
console.log(`Simulated OpenRouter: no model answers here, the text is canned.`);
console.log(`base URL  ${simulator.baseUrl}`);
console.log(`key       ${simulatorKey}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void simulator.close().then(() => process.exit());
  });
}
