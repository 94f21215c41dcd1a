/** One open page, in a browser of any make: what a participant needs of it. */
export interface Tab {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs `script` in the page; what goes in and comes out is JSON. `argument` is what the script takes, if anything. */
  evaluate<Argument, Result>(
    script: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  /** How many elements match the CSS selector. */
  count(selector: string): Promise<number>;
  /** Tells `listener` every uncaught error, and every message that the page writes to the console as an error. */
  onProblem(listener: (problem: string) => void): void;
  close(): Promise<void>;
}

/** A browser process of its own, with a new profile and a fake camera and microphone. */
export interface Browser {
  /** Opens an empty page that shares nothing with the others. */
  tab(): Promise<Tab>;
  close(): Promise<void>;
}
