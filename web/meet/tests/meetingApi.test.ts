import { expect, test } from 'vitest';
import { MeetingApi } from '../src/meetingApi.js';

interface Asked {
  readonly url: string;
  readonly method: string | undefined;
  readonly body: unknown;
}

function apiAnswering(
  answer: () => Response | Promise<Response>,
  base = 'https://video.example.com/',
): { readonly api: MeetingApi; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const api = new MeetingApi(new URL(base), async (url, init) => {
    asked.push({ url: url.href, method: init.method, body: init.body });
    return answer();
  });
  return { api, asked };
}

const TICKET = { applicationId: 'a', sessionId: 's', token: 't' };

test('a meeting is made', async () => {
  const { api, asked } = apiAnswering(() => Response.json({ meetingId: 'm-1' }, { status: 201 }));

  expect(await api.start()).toEqual({ ok: true, value: 'm-1' });
  expect(asked).toEqual([
    { url: 'https://video.example.com/meet/api/meetings', method: 'POST', body: '{}' },
  ]);
});

test('a ticket is asked for with the name, below the folder of the page', async () => {
  const { api, asked } = apiAnswering(
    () => Response.json({ ...TICKET, more: 1 }),
    'https://example.com/video/',
  );

  expect(await api.enter('m-1', 'Zoë')).toEqual({ ok: true, value: TICKET });
  expect(asked).toEqual([
    {
      url: 'https://example.com/video/meet/api/meetings/m-1/tokens',
      method: 'POST',
      body: '{"name":"Zoë"}',
    },
  ]);
});

test('an id cannot lead to another path', async () => {
  const { api, asked } = apiAnswering(() => Response.json(TICKET));

  await api.enter('../x?y#z', 'Ada');

  expect(asked[0]?.url).toBe('https://video.example.com/meet/api/meetings/..%2Fx%3Fy%23z/tokens');
});

test('an unknown meeting is not found', async () => {
  const { api } = apiAnswering(() => Response.json({ code: 'x', message: 'y' }, { status: 404 }));

  expect(await api.enter('m-1', 'Ada')).toEqual({ ok: false, problem: { kind: 'notFound' } });
});

test('no answer means unreachable', async () => {
  const { api } = apiAnswering(() => Promise.reject(new TypeError('Failed to fetch')));

  expect(await api.start()).toEqual({ ok: false, problem: { kind: 'unreachable' } });
});

test.each([502, 503, 504])('a proxy’s %i means unreachable', async (status) => {
  const { api } = apiAnswering(() => new Response('<h1>Bad gateway</h1>', { status }));

  expect(await api.start()).toEqual({ ok: false, problem: { kind: 'unreachable' } });
});

test('a refusal carries the server’s words', async () => {
  const { api } = apiAnswering(() =>
    Response.json({ code: 'rate_limited', message: 'Too many meetings.' }, { status: 429 }),
  );

  expect(await api.start()).toEqual({
    ok: false,
    problem: { kind: 'refused', status: 429, message: 'Too many meetings.' },
  });
});

test('a refusal without words names its status', async () => {
  const { api } = apiAnswering(() => new Response('oops', { status: 500 }));

  expect(await api.start()).toEqual({
    ok: false,
    problem: { kind: 'refused', status: 500, message: 'The server answered 500.' },
  });
});

test.each(['', 'not json', 'null', '[]', '{}', '{"meetingId":7}', '{"meetingId":""}'])(
  'an answer of %j is unreadable',
  async (body) => {
    const { api } = apiAnswering(() => new Response(body, { status: 201 }));

    expect(await api.start()).toEqual({ ok: false, problem: { kind: 'unreadable' } });
  },
);

test.each(['applicationId', 'sessionId', 'token'])(
  'a ticket without %s is unreadable',
  async (field) => {
    const { api } = apiAnswering(() => Response.json({ ...TICKET, [field]: undefined }));

    expect(await api.enter('m-1', 'Ada')).toEqual({ ok: false, problem: { kind: 'unreadable' } });
  },
);
