import { expect } from 'vitest';

/** The body of every refusal of the REST API. */
export interface RestError {
  readonly code: number;
  readonly message: string;
}

/** Asks the REST API without any SDK. */
export function rest(
  url: string,
  method: string,
  path: string,
  token: string | undefined,
  body?: { readonly type: string; readonly text: string },
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': body.type }),
    },
    ...(body && { body: body.text }),
    signal: AbortSignal.timeout(10_000),
  });
}

/** Checks that `response` is a refusal that an SDK can show, with one of `statuses`; gives its body back. */
export async function expectRefusal(
  response: Response,
  statuses: readonly number[],
): Promise<RestError> {
  const text = await response.text();
  const what = `${response.status} ${text.slice(0, 300)}`;
  expect(statuses, what).toContain(response.status);
  expect(response.headers.get('content-type'), what).toMatch(/^application\/json/);
  const body = JSON.parse(text) as RestError;
  expect(body.code, what).toBeTypeOf('number');
  expect(body.message, what).toBeTypeOf('string');
  expect(text, 'a refusal shows nothing of the inside').not.toMatch(
    /Exception|dev\.sluice|\bat .*\(.*\.java/,
  );
  return body;
}
