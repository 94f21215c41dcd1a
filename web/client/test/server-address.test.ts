import { afterEach, describe, expect, it } from 'vitest';
import {
  addressSources,
  rememberScriptUrl,
  signallingUrl,
  type AddressSources,
} from '../src/server-address.js';

const nowhere: AddressSources = {
  option: undefined,
  meta: undefined,
  global: undefined,
  script: undefined,
};

describe('the address of the server', () => {
  it.each([
    ['http://video.example.com', 'ws://video.example.com/v1/signalling'],
    ['https://video.example.com', 'wss://video.example.com/v1/signalling'],
    ['https://video.example.com:8443/', 'wss://video.example.com:8443/v1/signalling'],
    ['https://example.com/video/', 'wss://example.com/video/v1/signalling'],
    ['ws://localhost:8080', 'ws://localhost:8080/v1/signalling'],
    ['wss://video.example.com', 'wss://video.example.com/v1/signalling'],
  ])('%s means %s', (option, url) => {
    expect(signallingUrl({ ...nowhere, option })).toBe(url);
  });

  it('prefers the option to the meta element, that to the global, that to the script', () => {
    const all: AddressSources = {
      option: 'https://option',
      meta: 'https://meta',
      global: 'https://global',
      script: 'https://script/client/sluice.js',
    };
    expect(signallingUrl(all)).toBe('wss://option/v1/signalling');
    expect(signallingUrl({ ...all, option: '' })).toBe('wss://meta/v1/signalling');
    expect(signallingUrl({ ...all, option: '', meta: undefined })).toBe(
      'wss://global/v1/signalling',
    );
  });

  it('is the origin of the script when nothing else says', () => {
    const script = 'http://localhost:8080/client/sluice.js?v=1';
    expect(signallingUrl({ ...nowhere, script })).toBe('ws://localhost:8080/v1/signalling');
  });

  it.each(['video.example.com', 'ftp://video.example.com', 'localhost:8080', '://'])(
    'can not be %j',
    (option) => {
      expect(() => signallingUrl({ ...nowhere, option })).toThrow(option);
    },
  );

  it.each([undefined, 'file:///home/me/sluice.js'])('is unknown to the script %j', (script) => {
    expect(() => signallingUrl({ ...nowhere, script })).toThrow('pass serverUrl to initSession');
  });
});

describe('a page', () => {
  afterEach(() => {
    document.head.replaceChildren();
    Reflect.deleteProperty(globalThis, 'SLUICE_URL');
    rememberScriptUrl(undefined);
  });

  it('names the server in a meta element, in a global, or by its script', () => {
    expect(addressSources(undefined)).toEqual(nowhere);
    document.head.innerHTML = '<meta name="sluice-url" content="https://meta">';
    Reflect.set(globalThis, 'SLUICE_URL', 'https://global');
    rememberScriptUrl('https://script/sluice.js');
    expect(addressSources('https://option')).toEqual({
      option: 'https://option',
      meta: 'https://meta',
      global: 'https://global',
      script: 'https://script/sluice.js',
    });
  });
});
