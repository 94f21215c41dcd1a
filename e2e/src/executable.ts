import { accessSync, chmodSync, constants, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Network } from './network.js';
import { targetDirectory } from './paths.js';

/** Fails, telling how to get it, when `path` is no program that can be run. */
export function requireExecutable(
  name: string,
  path: string,
  source: { readonly package: string; readonly variable: string },
): void {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(
      `no ${name} at ${path}: install it (on Debian 'apt-get install ${source.package}') or name it in ${source.variable}`,
    );
  }
}

/** Drivers of browsers take one executable without arguments: one that runs `executable` inside of `network`. */
export function commandWithin(network: Network, executable: string): string {
  const { executable: outer, args } = network.within(executable, []);
  const path = join(targetDirectory('commands'), `${basename(executable)}-${network.inside}`);
  writeFileSync(path, `#!/bin/sh\nexec ${outer} ${args.join(' ')} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
