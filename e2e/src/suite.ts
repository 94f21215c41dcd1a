import { afterAll, afterEach, beforeAll } from 'vitest';
import { SluiceServer, type ServerOptions } from './server.js';

/** Something that a suite sets up before its tests; reading it earlier is an error. */
export interface Lazily<T> {
  readonly current: T;
}

/** Makes a value before all tests of this suite and disposes of it after them. */
export function use<T>(
  make: () => Promise<T>,
  dispose: (value: T) => Promise<void>,
  timeoutMillis = 120_000,
): Lazily<T> {
  let held: { readonly value: T } | undefined;
  beforeAll(async () => {
    held = { value: await make() };
  }, timeoutMillis);
  afterAll(async () => {
    if (held) await dispose(held.value);
    held = undefined;
  }, timeoutMillis);
  return {
    get current(): T {
      if (!held) throw new Error('used before the suite was set up');
      return held.value;
    },
  };
}

/** A server for this suite; `options` is asked when it starts. After a failed test the end of its output is shown. */
export function useServer(name: string, options?: () => ServerOptions): Lazily<SluiceServer> {
  const server = use(
    () => SluiceServer.start(name, options?.()),
    (running) => running.stop(),
  );
  afterEach((context) => {
    if (context.task.result?.state === 'fail') {
      console.error(`server of '${name}':\n${server.current.command.tail()}`);
    }
  });
  return server;
}
