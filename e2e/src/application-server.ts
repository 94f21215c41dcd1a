import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SCRIPTS = ['participant', 'encoders', 'watch'];

/**
 * The web server of an application, on an origin of its own. Its one page loads the client library from a Sluice server with a script
 * element and nothing else: where that server is, the library has to find out.
 */
export class ApplicationServer {
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  /** Serves the test page for the Sluice server at `sluiceUrl`, on an address of this machine. */
  static async start(sluiceUrl: string, host = '127.0.0.1'): Promise<ApplicationServer> {
    const files = new Map([
      ['/', { type: 'text/html; charset=utf-8', body: page(sluiceUrl) }],
      ...SCRIPTS.map(
        (name) =>
          [`/${name}.js`, { type: 'text/javascript; charset=utf-8', body: script(name) }] as const,
      ),
    ]);
    const server = createServer((request, response) => {
      const file = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
      response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' });
      response.end(file?.body ?? 'not found');
    });
    server.listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new ApplicationServer(`http://${host}:${port}`, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

function page(sluiceUrl: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Participant</title>
    <link rel="icon" href="data:,">
    <script src="${sluiceUrl}/client/sluice.js"></script>
    <script src="/participant.js" type="module"></script>
  </head>
  <body><div id="publisher"></div><div id="subscribers"></div></body>
</html>
`;
}

function script(name: string): string {
  const fileName = fileURLToPath(new URL(`page/${name}.ts`, import.meta.url));
  return ts.transpileModule(readFileSync(fileName, 'utf8'), {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;
}
