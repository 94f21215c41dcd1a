/** Every error name of the library with its deprecated numeric code; `undefined` where none was ever documented. */
const CODES = {
  OT_AUTHENTICATION_ERROR: 1004,
  OT_INVALID_SESSION_ID: 1005,
  OT_CONNECT_FAILED: 1006,
  OT_CONNECTION_LIMIT_EXCEEDED: 1007,
  OT_TIMEOUT: 1008,
  OT_NOT_CONNECTED: 1010,
  OT_INVALID_PARAMETER: 1011,
  OT_CREATE_PEER_CONNECTION_FAILED: 1013,
  OT_SET_REMOTE_DESCRIPTION_FAILED: 1013,
  OT_ICE_WORKFLOW_FAILED: 1013,
  OT_USER_MEDIA_ACCESS_DENIED: 1500,
  OT_HARDWARE_UNAVAILABLE: 1500,
  OT_CHROME_MICROPHONE_ACQUISITION_ERROR: 1500,
  OT_NO_DEVICES_FOUND: 1500,
  OT_NO_VALID_CONSTRAINTS: 1500,
  OT_CONSTRAINTS_NOT_SATISFIED: 1500,
  OT_NOT_SUPPORTED: 1500,
  OT_SCREEN_SHARING_NOT_SUPPORTED: 1500,
  OT_PERMISSION_DENIED: 1500,
  OT_STREAM_LIMIT_EXCEEDED: 1500,
  OT_STREAM_NOT_FOUND: undefined,
  OT_STREAM_DESTROYED: undefined,
  OT_DISCONNECTED: undefined,
  OT_MEDIA_ERR_ABORTED: undefined,
  OT_MEDIA_ERR_NETWORK: undefined,
  OT_MEDIA_ERR_DECODE: undefined,
  OT_MEDIA_ERR_SRC_NOT_SUPPORTED: undefined,
  OT_UNEXPECTED_ERROR_CODE: 2000,
} as const;

/** The name of an error, for an application to branch on. */
export type ErrorName = keyof typeof CODES;

const TITLES: ReadonlyMap<number, string> = new Map([
  [1004, 'Authentication error'],
  [1005, 'Invalid Session ID'],
  [1006, 'Connect Failed'],
  [1007, 'Connect Rejected'],
  [1008, 'Connect Time-out'],
  [1009, 'Security Error'],
  [1010, 'Not Connected'],
  [1011, 'Invalid Parameter'],
  [1013, 'Connection Failed'],
  [1014, 'API Response Failure'],
  [1500, 'Unable to Publish'],
  [1520, 'Unable to Force Disconnect'],
  [1530, 'Unable to Force Unpublish'],
  [1535, 'Force Unpublish on Invalid Stream'],
  [2000, 'Internal Error'],
]);

/** An error handed to a callback or a rejected promise: branch on its `name`. */
export class OTError extends Error {
  override readonly name: ErrorName;
  /** The numeric code of older versions of the API; deprecated in favour of `name`. */
  readonly code: number | undefined;

  constructor(name: ErrorName, message: string, options?: ErrorOptions & { code?: number }) {
    super(message, options);
    this.name = name;
    this.code = options?.code ?? CODES[name];
  }
}

/** The error of a failed `session.signal`: `code` is 400, 404, 413 or 500, `signal` the argument that failed. */
export class SignalError extends OTError {
  readonly signal: unknown;

  constructor(name: ErrorName, message: string, code: number, signal: unknown) {
    super(name, message, { code });
    this.signal = signal;
  }
}

/** The documented title of an exception code. */
export function titleOf(code: number): string {
  return TITLES.get(code) ?? 'Internal Error';
}

/** Any thrown value as an {@link OTError}; what is not one yet becomes `fallback` and stays readable as `cause`. */
export function toOTError(
  thrown: unknown,
  fallback: ErrorName = 'OT_UNEXPECTED_ERROR_CODE',
): OTError {
  if (thrown instanceof OTError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new OTError(fallback, message, { cause: thrown });
}
