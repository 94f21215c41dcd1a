/** Runs asynchronous steps one after another, in the order they were added. A failed step does not stop the next. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#last.then(step, step);
    this.#last = result;
    return result;
  }
}
