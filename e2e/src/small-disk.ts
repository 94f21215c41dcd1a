import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of some megabytes in memory, which a test fills to the last byte. Needs the right to mount, as root has. */
export class SmallDisk {
  private constructor(readonly directory: string) {}

  static async mount(megabytes: number): Promise<SmallDisk> {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-e2e-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'sluice-e2e', directory]);
    } catch (error) {
      rmSync(directory, { recursive: true });
      throw new Error(
        `cannot mount a small disk: ${String(error)}. This test needs root, in a container a privileged one ('docker run --privileged')`,
        { cause: error },
      );
    }
    return new SmallDisk(directory);
  }

  /** Takes all space that is left. */
  fill(): void {
    const file = openSync(this.#filler, 'a');
    try {
      for (const size of [1 << 20, 1 << 12, 1]) writeUntilFull(file, Buffer.alloc(size));
    } finally {
      closeSync(file);
    }
  }

  /** Gives back what `fill` took. */
  free(): void {
    rmSync(this.#filler, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', [this.directory]);
    rmSync(this.directory, { recursive: true });
  }

  get #filler(): string {
    return join(this.directory, 'filler');
  }
}

function writeUntilFull(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) === block.length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
