import { OTError, type ErrorName } from '../errors.js';

/** A request the server refused; `code` is one of docs/signalling.md. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message === '' ? code : message);
    this.code = code;
  }
}

const NAMES: ReadonlyMap<string, ErrorName> = new Map<string, ErrorName>([
  ['bad_request', 'OT_INVALID_PARAMETER'],
  ['not_connected', 'OT_NOT_CONNECTED'],
  ['authentication_failed', 'OT_AUTHENTICATION_ERROR'],
  ['session_not_found', 'OT_INVALID_SESSION_ID'],
  ['permission_denied', 'OT_PERMISSION_DENIED'],
  ['stream_not_found', 'OT_STREAM_NOT_FOUND'],
  ['subscription_not_found', 'OT_STREAM_NOT_FOUND'],
  ['stream_limit', 'OT_STREAM_LIMIT_EXCEEDED'],
  ['subscription_limit', 'OT_STREAM_LIMIT_EXCEEDED'],
  ['connection_limit', 'OT_CONNECTION_LIMIT_EXCEEDED'],
  ['invalid_sdp', 'OT_SET_REMOTE_DESCRIPTION_FAILED'],
  ['unsupported_media', 'OT_NOT_SUPPORTED'],
]);

/** A refusal as the application meets it; anything else is passed on unchanged. */
export function explainRefusal(thrown: unknown): unknown {
  if (!(thrown instanceof Refusal)) return thrown;
  const name = NAMES.get(thrown.code) ?? 'OT_UNEXPECTED_ERROR_CODE';
  return new OTError(name, thrown.message, { cause: thrown });
}

/** After these close codes the server does not keep the connection: there is nothing to resume (docs/signalling.md). */
const FINAL_CLOSES: ReadonlySet<number> = new Set([
  1000, 1001, 1009, 4400, 4401, 4404, 4409, 4410, 4413, 4429,
]);

/** Whether a socket that was closed so can't be replaced by another. */
export function endsConnection(closeCode: number): boolean {
  return FINAL_CLOSES.has(closeCode);
}

/** The error for a socket that closed before `connect` was answered (close codes of docs/signalling.md). */
export function explainClosedJoin(closeCode: number): OTError {
  switch (closeCode) {
    case 4401:
      return new OTError('OT_AUTHENTICATION_ERROR', 'The server refused the token');
    case 4404:
      return new OTError('OT_INVALID_SESSION_ID', 'The server knows no such session');
    case 4408:
      return new OTError('OT_TIMEOUT', 'The server gave up waiting for this client');
    case 4429:
      return new OTError('OT_CONNECTION_LIMIT_EXCEEDED', 'The server takes no more connections');
    default:
      return new OTError(
        'OT_CONNECT_FAILED',
        `The connection to the server could not be made (WebSocket close code ${closeCode})`,
      );
  }
}
