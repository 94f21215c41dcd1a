import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoggedRequest {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP server on the loopback address that answers as the video API does and keeps what it was asked. */
export class LoggingServer {
  readonly requests: LoggedRequest[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<LoggingServer> {
    const server = createServer();
    const logging = new LoggingServer(server);
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const line = `${request.method ?? ''} ${request.url ?? ''}`;
        logging.requests.push({ line, headers: request.headers, body });
        const answer = answerTo(line);
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return logging;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const SESSION_ID = '1_MX5hcHB-fjE3MDAwMDAwMDAwMDB-cmFuZG9tfn5-';

function answerTo(line: string): { readonly status: number; readonly body: string } {
  if (line.endsWith('/session/create')) {
    return { status: 200, body: JSON.stringify([{ session_id: SESSION_ID }]) };
  }
  if (line.startsWith('GET ') && line.endsWith('/stream')) {
    const items = [{ id: 's1', videoType: 'camera', name: 'Ada', layoutClassList: ['full'] }];
    return { status: 200, body: JSON.stringify({ count: 1, items }) };
  }
  if (line.endsWith('/signal')) {
    return { status: 204, body: '' };
  }
  return { status: 404, body: JSON.stringify({ code: 404, message: `no such thing: ${line}` }) };
}
