import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const E2E = dirname(dirname(fileURLToPath(import.meta.url)));

/** The checkout. */
export const ROOT = dirname(E2E);

/** The command that starts a server: `SLUICE_COMMAND`, else the one of this checkout. */
export const SLUICE_COMMAND = process.env.SLUICE_COMMAND ?? join(ROOT, 'sluice');

/** The official Java SDK as a command. */
export const JAVA_SDK_COMMAND = join(E2E, 'java-sdk', 'run');

/** The program of a GStreamer peer. */
export const GSTREAMER_PEER = join(E2E, 'gstreamer', 'peer.py');

/** The program of a `Network` whose path is emulated. */
export const PATH_EMULATOR = join(E2E, 'emulator', 'path.py');

/** A directory under `e2e/target`, which git ignores; made when it is missing. */
export function targetDirectory(name: string): string {
  const directory = join(E2E, 'target', name);
  mkdirSync(directory, { recursive: true });
  return directory;
}
