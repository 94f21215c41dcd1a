// From the command to 'ready', built already: wall clock and CPU of the whole process.
import process from 'node:process';
import { median, startServer } from './server.mjs';

const RUNS = 5;
const [root] = process.argv.slice(2);
const runs = [];
for (let i = 0; i < RUNS; i++) {
  const server = await startServer(root);
  runs.push(server);
  await server.stop();
}
const row = (name, values) =>
  console.log(`| ${name} | ${Math.min(...values).toFixed(2)} | ${median(values).toFixed(2)} |`);
console.log(`\n| start to ready, ${RUNS} runs | min s | median s |\n|---|---|---|`);
row(
  'wall clock',
  runs.map((run) => run.wallSeconds),
);
row(
  'CPU',
  runs.map((run) => run.cpuSeconds),
);
