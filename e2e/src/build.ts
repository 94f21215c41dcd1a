import { spawnSync } from 'node:child_process';
import { SLUICE_COMMAND } from './paths.js';

/**
 * Runs before all suites: lets the command build what is out of date, once and without a deadline, so that the time in which a server
 * gets ready is measured on its own.
 */
export default function build(): void {
  const run = spawnSync(SLUICE_COMMAND, ['--help'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (run.error) throw new Error(`cannot run ${SLUICE_COMMAND}: ${run.error.message}`);
  if (run.status !== 0) {
    throw new Error(
      `'${SLUICE_COMMAND} --help' ended with ${run.status ?? run.signal ?? 'nothing'}`,
    );
  }
  process.env.SLUICE_SKIP_BUILD = '1';
}
