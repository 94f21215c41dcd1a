import { accessSync, constants } from 'node:fs';

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
