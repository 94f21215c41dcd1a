/** What a page needs to enter a meeting's session. */
export interface Ticket {
  readonly applicationId: string;
  readonly sessionId: string;
  readonly token: string;
}

/** Why the server did not do what was asked. */
export type ApiProblem =
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'unreadable' };

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ApiProblem };

type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 10_000;

/** The meeting endpoints of the server that serves this page. Faults come back as values; nothing is thrown. */
export class MeetingApi {
  private readonly meetings: URL;

  /** @param base address of the page; the endpoints lie below its folder */
  constructor(
    base: URL,
    private readonly fetch: Fetch,
  ) {
    this.meetings = new URL('meet/api/meetings', base);
  }

  /** Makes a meeting and answers with its id. */
  async start(): Promise<Answer<string>> {
    return read(await this.post('', {}), (body) => stringOf(body, 'meetingId'));
  }

  /** Tells whether there is such a meeting. */
  async find(meetingId: string): Promise<Answer<string>> {
    const path = `/${encodeURIComponent(meetingId)}`;
    return read(await this.ask(path, { method: 'GET' }), (body) => stringOf(body, 'meetingId'));
  }

  /** Asks for entry under the given name. */
  async enter(meetingId: string, name: string): Promise<Answer<Ticket>> {
    const path = `/${encodeURIComponent(meetingId)}/tokens`;
    return read(await this.post(path, { name }), (body) => {
      const applicationId = stringOf(body, 'applicationId');
      const sessionId = stringOf(body, 'sessionId');
      const token = stringOf(body, 'token');
      return applicationId !== undefined && sessionId !== undefined && token !== undefined
        ? { applicationId, sessionId, token }
        : undefined;
    });
  }

  private post(path: string, body: object): Promise<Answer<unknown>> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private async ask(path: string, init: RequestInit): Promise<Answer<unknown>> {
    let response: Response;
    try {
      response = await this.fetch(new URL(this.meetings.href + path), {
        ...init,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      // fetch rejects only when no answer came: refused, cut off, or after the timeout above.
      return { ok: false, problem: { kind: 'unreachable' } };
    }
    const answer = await jsonOf(response);
    return response.ok
      ? { ok: true, value: answer }
      : { ok: false, problem: refusal(response, answer) };
  }
}

function refusal(response: Response, body: unknown): ApiProblem {
  if (response.status === 404) {
    return { kind: 'notFound' };
  }
  // What a proxy answers while the server behind it is down or starting.
  if (response.status === 502 || response.status === 503 || response.status === 504) {
    return { kind: 'unreachable' };
  }
  const message = stringOf(body, 'message') ?? `The server answered ${response.status}.`;
  return { kind: 'refused', status: response.status, message };
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // A body that is no JSON, or breaks off, is told apart by the fields it lacks.
    return undefined;
  }
}

function read<T>(answer: Answer<unknown>, pick: (body: unknown) => T | undefined): Answer<T> {
  if (!answer.ok) {
    return answer;
  }
  const value = pick(answer.value);
  return value === undefined ? { ok: false, problem: { kind: 'unreadable' } } : { ok: true, value };
}

function stringOf(body: unknown, field: string): string | undefined {
  if (typeof body !== 'object' || body === null) {
    return undefined;
  }
  const value: unknown = Reflect.get(body, field);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
