// @vitest-environment node
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script, createContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = (name: string): string => `${root}dist/${name}`;

const API = [
  'checkScreenSharingCapability',
  'checkSystemRequirements',
  'getActiveAudioOutputDevice',
  'getAudioOutputDevices',
  'getDevices',
  'getSupportedCodecs',
  'getUserMedia',
  'hasEndToEndEncryptionSupport',
  'hasMediaProcessorSupport',
  'initPublisher',
  'initSession',
  'log',
  'off',
  'on',
  'once',
  'properties',
  'publishers',
  'registerScreenSharingExtension',
  'sessions',
  'setAudioOutputDevice',
  'setLogLevel',
  'subscribers',
  'unblockAudio',
  'upgradeSystemRequirements',
];

/** What applications do with the types. */
const APPLICATION = `
import OT, { initPublisher, initSession } from '@sluice/client';
import type { PublisherProperties, Session, Stream } from '@sluice/client';
const session: OT.Session = OT.initSession('app', 'session');
export const same: Session = initSession('app', 'session', { serverUrl: 'https://x' });
const properties: PublisherProperties = { resolution: '1280x720', publishAudio: true };
const publisher = initPublisher('element', properties, (error) => {
  if (error) console.log(error.name, error.code);
});
publisher
  .on('audioLevelUpdated', (event) => event.audioLevel.toFixed(2))
  .on({ streamCreated: (event) => event.stream.streamId });
session.on('signal:chat', (event) => [event.data, event.from?.connectionId]);
session.on('streamCreated', (event) => {
  const stream: Stream = event.stream;
  const subscriber = session.subscribe(stream, 'here', { insertMode: 'append' }, (error) => {
    if (error) throw error;
  });
  subscriber.subscribeToVideo(false).setAudioVolume(30);
});
session.connect('token', (error) => {
  if (!error) session.publish(publisher, () => undefined);
});
export const published: Promise<string | undefined> = session.publish
  .promise(publisher)
  .then((ready) => ready.stream?.streamId);
OT.on('exception', (event: OT.ExceptionEvent) => event.title);
OT.initPublisher = initPublisher;
export const element: HTMLElement | undefined = { ...OT }.subscribers.find()?.element;
export const devices: Promise<OT.Device[]> = OT.getDevices();
export const outputs: Promise<OT.AudioOutputDevice[]> = OT.getAudioOutputDevices();
export const options: OT.SubscriberProperties = {
  preferredResolution: 'auto',
  style: { audioBlockedDisplayMode: 'on', videoDisabledDisplayMode: 'off' },
};
export const allOptions: OT.PublisherProperties = {
  audioFallback: { publisher: true },
  scalableVideo: true,
  publishCaptions: true,
  style: { archiveStatusDisplayMode: 'off' },
};
export const size: OT.Dimensions = { width: 1, height: 1 };
export const connector: OT.MediaProcessorConnector = {
  setTrack: (track) => Promise.resolve(track),
  destroy: () => undefined,
};
void publisher.setVideoMediaProcessorConnector(connector);
publisher.on('videoElementCreated', (event: OT.VideoElementCreatedEvent) => event.element.play());
publisher.once('destroyed', (event: OT.Event<'destroyed', OT.Publisher>) => event.target.id);
export const stats: Promise<OT.PublisherStatsArr> = publisher.getStats();
export const failure = (error: OT.OTError): string => error.name;
// @ts-expect-error there is no such mode
initPublisher(undefined, { insertMode: 'inside' });
session.off();
`;

type Api = Record<string, unknown>;

/** Whether the package is not built, or built before the last change of a source. */
function isStale(): boolean {
  const last = dist('index.d.ts');
  if (!existsSync(last)) return true;
  const built = statSync(last).mtimeMs;
  return readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).some(
    (name) => statSync(`${root}src/${name}`).mtimeMs > built,
  );
}

describe('the built package', () => {
  // A build that is there and newer than its sources is left alone: others may be reading it.
  beforeAll(() => {
    if (isStale()) execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' });
  }, 120_000);

  it('as a script sets a global OT that is a plain, writable object', () => {
    const page = { document: { currentScript: { src: 'https://x/client/sluice.js' } } };
    const context = createContext(page);
    new Script(readFileSync(dist('sluice.js'), 'utf8')).runInContext(context);
    const OT = Reflect.get(context, 'OT') as Api;
    expect(Object.keys(OT).sort()).toEqual(API);
    expect({ ...OT }).toHaveProperty('initSession');
    OT.initSession = 'replaced';
    expect(OT.initSession).toBe('replaced');
  });

  it('as a module has a default export and the same functions by name', async () => {
    const module = (await import(pathToFileURL(dist('sluice.mjs')).href)) as Api;
    expect(Object.keys(module).sort()).toEqual([...API, 'OT', 'default'].sort());
    const OT = module.default as Api;
    expect(module.OT).toBe(OT);
    for (const name of API) expect(OT[name]).toBe(module[name]);
  });

  it('can be required', () => {
    const OT = createRequire(import.meta.url)(dist('sluice.js')) as Api;
    expect(typeof OT.initPublisher).toBe('function');
  });

  it('has every file that package.json names, types too', () => {
    const manifest = readFileSync(`${root}package.json`, 'utf8');
    const files = [...manifest.matchAll(/"\.\/(dist\/[\w./]+)"/g)].map(([, file]) => file ?? '');
    expect(new Set(files)).toEqual(
      new Set(['dist/sluice.js', 'dist/sluice.mjs', 'dist/index.d.ts']),
    );
    for (const file of files) expect(existsSync(root + file), file).toBe(true);
    expect(manifest).not.toContain('"dependencies"');
  });

  it('has types that an application can be written with', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-consumer-'));
    const config = {
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        target: 'ES2022',
        module: 'ESNext',
        moduleResolution: 'bundler',
        lib: ['ES2022', 'DOM'],
        types: [],
        paths: { '@sluice/client': [dist('index.d.ts')] },
      },
      files: ['application.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'application.ts'), APPLICATION);
    const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', folder], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  }, 60_000);

  it('keeps its inner workings out of the types', () => {
    const types = ['publisher', 'capturing']
      .map((name) => readFileSync(dist(`publisher/${name}.d.ts`), 'utf8'))
      .join();
    expect(types).toContain('publishAudio');
    expect(types).not.toContain('prepared(');
    expect(types).not.toContain('streamEnded(');
  });
});
