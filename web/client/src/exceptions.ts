import { titleOf, type OTError } from './errors.js';
import { Emitter } from './events/emitter.js';
import { eventOf, type EventWith } from './events/event.js';
import { logError } from './logging.js';

/** Tells of an error that also went to a callback, in one place for the whole page: `OT.on('exception', …)`. */
export type ExceptionEvent = EventWith<
  'exception',
  unknown,
  { code: number; message: string; title: string }
>;

/** The events of `OT` itself. */
export interface ExceptionEvents {
  /** An error, which its callback was told too. */
  exception: ExceptionEvent;
}

/** The emitter behind `OT.on`. */
export const exceptions = new Emitter<ExceptionEvents>();

/** A publisher's failure also fails its publication; it is one exception all the same. */
const reported = new WeakSet<OTError>();

/** Dispatches `exception` for an error of `target`, a session, publisher or subscriber; once for each error. */
export function reportException(error: OTError, target: unknown): void {
  if (reported.has(error)) return;
  reported.add(error);
  const code = error.code ?? 2000;
  logError(`${error.name}: ${error.message}`);
  exceptions.emit(
    eventOf('exception', target, { code, message: error.message, title: titleOf(code) }),
  );
}
