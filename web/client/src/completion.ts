import { toOTError, type OTError } from './errors.js';
import { reportFault } from './logging.js';

/** The last argument of most calls: runs once, with an error or without. */
export type CompletionHandler = (error?: OTError) => void;

/** Like {@link CompletionHandler}, with the result as second argument. */
export type ResultHandler<T> = (error: OTError | undefined, result?: T) => void;

/**
 * Tells `handler` how `promise` ended. An error the handler throws goes to the page's error reporting, never back into the
 * library. Without a handler a rejection goes to `otherwise`.
 */
export function settle<T>(
  promise: Promise<T>,
  handler: ResultHandler<T> | undefined,
  otherwise?: (error: OTError) => void,
): void {
  const call = (error: OTError | undefined, result?: T): void => {
    try {
      if (error) handler?.(error);
      else handler?.(undefined, result);
    } catch (fault) {
      reportFault(fault);
    }
  };
  promise.then(
    (result) => {
      call(undefined, result);
    },
    (thrown: unknown) => {
      const error = toOTError(thrown);
      otherwise?.(error);
      call(error);
    },
  );
}

/** For calls whose handler hears of success without a result. */
export function errorOnly(
  handler: CompletionHandler | undefined,
): ResultHandler<unknown> | undefined {
  return (
    handler &&
    ((error) => {
      if (error) handler(error);
      else handler();
    })
  );
}

/** For calls that return their promise as well: the handler hears the outcome, and with a handler the promise counts as handled. */
export function alsoTell<T>(
  promise: Promise<T>,
  handler: ResultHandler<T> | undefined,
): Promise<T> {
  if (handler) settle(promise, handler);
  return promise;
}

/** What calls with two styles carry. */
export interface WithPromise<PromiseCall> {
  /** The same call, with a promise in place of the handler; it rejects with the same errors. */
  promise: PromiseCall;
}

/** Makes `call` carry its promise style: `call(…)` and `call.promise(…)`. */
export function withPromise<Call extends (...args: never[]) => unknown, PromiseCall>(
  call: Call,
  promise: PromiseCall,
): Call & WithPromise<PromiseCall> {
  return Object.assign(call, { promise });
}
