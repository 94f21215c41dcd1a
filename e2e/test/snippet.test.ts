import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Application } from '../src/application.js';
import { Command } from '../src/command.js';
import { targetDirectory } from '../src/paths.js';
import { SignallingSocket } from '../src/signalling-socket.js';
import { useServer } from '../src/suite.js';

const server = useServer('snippet');

const BODY = `
const session = await videoClient.createSession({ mediaMode: "routed" });
console.log(session.sessionId);
`;

const SNIPPETS: readonly [string, string, (baseUrl: string) => string][] = [
  [
    "require('@sluice/video')",
    'snippet.cjs',
    (baseUrl) => `
const { readFileSync } = require('node:fs');
const { Video } = require('@sluice/video');
const demo = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const applicationId = demo.applicationId;
const privateKey = readFileSync(demo.privateKeyFile, 'utf8');
const baseUrl = '${baseUrl}';
(async () => {
const videoClient = new Video({ applicationId, privateKey, baseUrl });
${BODY}
})();
`,
  ],
  [
    "import from '@sluice/video', with the key's path",
    'snippet.mjs',
    (baseUrl) => `
import { readFileSync } from 'node:fs';
import { Video } from '@sluice/video';
const demo = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const videoClient = new Video({
  applicationId: demo.applicationId,
  privateKey: demo.privateKeyFile,
  baseUrl: '${baseUrl}',
});
${BODY}
`,
  ],
  [
    "the official package's own way",
    'official.cjs',
    (baseUrl) => `
const { readFileSync } = require('node:fs');
const { Video } = require('@vonage/video');
const demo = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const credentials = {
  applicationId: demo.applicationId,
  privateKey: readFileSync(demo.privateKeyFile, 'utf8'),
};
const videoClient = new Video(credentials, { videoHost: '${baseUrl}' });
(async () => {${BODY}})();
`,
  ],
];

describe('The documented snippet', () => {
  it.each(SNIPPETS)('makes a session that can be joined: %s', async (_, file, source) => {
    // Inside the workspace, so that Node finds the packages.
    const directory = mkdtempSync(join(targetDirectory('snippets'), 'run-'));
    try {
      const script = join(directory, file);
      writeFileSync(script, source(server.current.url));
      const run = new Command(`snippet-${file}`, process.execPath, [
        script,
        join(server.current.dataDirectory, 'demo.json'),
      ]);
      const ending = await run.endsWithin(20_000);
      expect(ending.code, run.tail()).toBe(0);
      const sessionId = run.stdout.trim();

      const application = Application.demoOf(server.current);
      const socket = await SignallingSocket.open(server.current.url);
      const { token } = application.invite(sessionId);
      expect(await socket.request('connect', { sessionId, token })).toMatchObject({
        session: { id: sessionId, mediaMode: 'routed' },
      });
      socket.close();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
