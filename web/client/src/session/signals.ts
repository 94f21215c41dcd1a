import { OTError, SignalError, toOTError } from '../errors.js';
import type { Signal } from '../options.js';
import type { Requests } from '../signalling/messages.js';
import { explainRefusal, Refusal } from '../signalling/refusal.js';

const MAX_TYPE_LENGTH = 128;
const MAX_DATA_BYTES = 8192;

/**
 * The request for a signal of the application.
 *
 * @throws SignalError with code 400 for a wrong type, data or receiver, 413 for too much.
 */
export function signalRequest(signal: Signal): Requests['signal']['fields'] {
  const refuse = (code: number, message: string): SignalError =>
    new SignalError('OT_INVALID_PARAMETER', message, code, signal);
  // What plain JavaScript passes is not always what the types say.
  const { type, data, to } = signal as { [Key in keyof Signal]: unknown };
  if (type !== undefined && typeof type !== 'string') throw refuse(400, 'type must be a string');
  if (data !== undefined && typeof data !== 'string') throw refuse(400, 'data must be a string');
  const connectionId = to === undefined || to === null ? undefined : idOf(to);
  if (to !== undefined && to !== null && connectionId === undefined) {
    throw refuse(400, 'to must be a Connection');
  }
  if (type && !/^[\w~-]+$/.test(type)) {
    throw refuse(400, 'type may have letters, digits, - _ and ~ only');
  }
  if (type && type.length > MAX_TYPE_LENGTH) {
    throw refuse(413, `type is longer than ${MAX_TYPE_LENGTH} characters`);
  }
  if (data && new TextEncoder().encode(data).length > MAX_DATA_BYTES) {
    throw refuse(413, `data is longer than ${MAX_DATA_BYTES} bytes`);
  }
  return {
    ...(type ? { signalType: type } : {}),
    ...(data === undefined ? {} : { data }),
    ...(connectionId === undefined ? {} : { to: connectionId }),
  };
}

/** The error of a signal that was not sent. */
export function explainSignalFailure(thrown: unknown, signal: Signal): OTError {
  if (thrown instanceof SignalError) return thrown;
  const error = toOTError(explainRefusal(thrown));
  return new SignalError(error.name, error.message, codeOf(thrown, error), signal);
}

function codeOf(thrown: unknown, error: OTError): number {
  if (thrown instanceof Refusal) {
    switch (thrown.code) {
      case 'connection_not_found':
        return 404;
      case 'signal_too_large':
        return 413;
      case 'signal_invalid_type':
      case 'bad_request':
        return 400;
      case 'permission_denied':
        return 403;
      case 'rate_limited':
        return 429;
    }
  }
  return error.name === 'OT_NOT_CONNECTED' || error.name === 'OT_DISCONNECTED' ? 500 : 2000;
}

function idOf(to: unknown): string | undefined {
  const id: unknown = typeof to === 'object' && to ? Reflect.get(to, 'connectionId') : undefined;
  return typeof id === 'string' ? id : undefined;
}
