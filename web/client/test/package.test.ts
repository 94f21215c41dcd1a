// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script, createContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = (name: string): string => `${root}dist/${name}`;

const API = [
  'checkScreenSharingCapability',
  'checkSystemRequirements',
  'getDevices',
  'getUserMedia',
  'hasMediaProcessorSupport',
  'initPublisher',
  'initSession',
  'log',
  'off',
  'on',
  'once',
  'publishers',
  'sessions',
  'setLogLevel',
  'subscribers',
  'unblockAudio',
];

type Api = Record<string, unknown>;

describe('the built package', () => {
  beforeAll(() => {
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' });
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

  it('keeps its inner workings out of the types', () => {
    const types = readFileSync(dist('publisher/publisher.d.ts'), 'utf8');
    expect(types).toContain('publishAudio');
    expect(types).not.toContain('prepared(');
    expect(types).not.toContain('streamEnded(');
  });
});
