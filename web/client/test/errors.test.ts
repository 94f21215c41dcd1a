import { describe, expect, it } from 'vitest';
import { OTError, SignalError, titleOf, toOTError } from '../src/errors.js';
import { explainRefusal, Refusal } from '../src/signalling/refusal.js';

describe('an error', () => {
  it('is an Error with the documented name and code', () => {
    const error = new OTError('OT_NOT_CONNECTED', 'not connected');
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.code, error.message]).toEqual([
      'OT_NOT_CONNECTED',
      1010,
      'not connected',
    ]);
    expect(String(error)).toBe('OT_NOT_CONNECTED: not connected');
  });

  it('of a signal carries the signal', () => {
    const signal = { type: 'x' };
    const error = new SignalError('OT_INVALID_PARAMETER', 'no', 413, signal);
    expect([error.code, error.signal]).toEqual([413, signal]);
  });

  it('keeps what caused it', () => {
    const cause = new TypeError('undefined is not a function');
    expect(toOTError(cause)).toMatchObject({ name: 'OT_UNEXPECTED_ERROR_CODE', cause });
    expect(toOTError('text', 'OT_TIMEOUT')).toMatchObject({ name: 'OT_TIMEOUT', message: 'text' });
    const already = new OTError('OT_TIMEOUT', 'late');
    expect(toOTError(already)).toBe(already);
  });

  it.each([
    ['authentication_failed', 'OT_AUTHENTICATION_ERROR'],
    ['session_not_found', 'OT_INVALID_SESSION_ID'],
    ['permission_denied', 'OT_PERMISSION_DENIED'],
    ['stream_not_found', 'OT_STREAM_NOT_FOUND'],
    ['stream_limit', 'OT_STREAM_LIMIT_EXCEEDED'],
    ['connection_limit', 'OT_CONNECTION_LIMIT_EXCEEDED'],
    ['unsupported_media', 'OT_NOT_SUPPORTED'],
    ['invalid_sdp', 'OT_SET_REMOTE_DESCRIPTION_FAILED'],
    ['rate_limited', 'OT_UNEXPECTED_ERROR_CODE'],
    ['a_code_of_tomorrow', 'OT_UNEXPECTED_ERROR_CODE'],
  ])('of the server with code %s is %s', (code, name) => {
    expect(explainRefusal(new Refusal(code, ''))).toMatchObject({ name, message: code });
  });

  it('has the documented title in an exception event', () => {
    expect([titleOf(1004), titleOf(1500), titleOf(9999)]).toEqual([
      'Authentication error',
      'Unable to Publish',
      'Internal Error',
    ]);
  });
});
