import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Command } from '../src/command.js';
import { eventually } from '../src/eventually.js';
import { JsonProcess } from '../src/json-process.js';
import { datagram, KINDS } from '../src/hostile/datagrams.js';
import { Random } from '../src/hostile/random.js';
import { isSuccessOf } from '../src/hostile/stun.js';
import { Network } from '../src/network.js';

const DATAGRAMS = 500;

// Sends one datagram a millisecond to a host and port that send it back; says how many came back, and after how long in the middle.
const SENDER = `const socket = require('dgram').createSocket('udp4');
  const [host, port] = process.argv.slice(1);
  const sent = [], millis = [];
  socket.on('message', (message) => millis.push(performance.now() - sent[message.readUInt16BE()]));
  let number = 0;
  const timer = setInterval(() => {
    const message = Buffer.alloc(200);
    message.writeUInt16BE(number);
    sent[number] = performance.now();
    socket.send(message, Number(port), host);
    if (++number === ${DATAGRAMS}) {
      clearInterval(timer);
      setTimeout(() => {
        millis.sort((a, b) => a - b);
        console.log(JSON.stringify({ back: millis.length, medianMillis: millis[millis.length >> 1] }));
        socket.close();
      }, 1000);
    }
  }, 1);`;

describe('The harness', () => {
  it('says what it waited for and what it saw last', async () => {
    const waiting = eventually(
      'three',
      () => 2,
      (value) => value === 3,
      { withinMillis: 60 },
    );
    await expect(waiting).rejects.toThrow('not within 60 ms: three; last seen: 2');
  });

  it('keeps the output and the end of a process', async () => {
    const command = new Command('harness', process.execPath, [
      '-e',
      'console.log("out"); console.error("err"); process.exit(3)',
    ]);
    expect(await command.endsWithin(20_000)).toEqual({ code: 3, signal: null });
    expect(command.stdout).toBe('out\n');
    expect(command.stderr).toBe('err\n');
  });

  it('kills a process that does not end, and shows its output', async () => {
    const command = new Command('harness-hang', process.execPath, [
      '-e',
      'console.log("still here"); setInterval(() => {}, 1000)',
    ]);
    await eventually(
      'it speaks',
      () => command.stdout,
      (text) => text.length > 0,
    );
    await expect(command.endsWithin(100)).rejects.toThrow('still here');
    expect(await command.endsWithin(5_000)).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('speaks with a process in lines of JSON, and shows what it wrote when it ended instead', async () => {
    const echo = new JsonProcess('harness-echo', process.execPath, [
      '-e',
      `require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
        if (line.includes('"end"')) { console.error('the reason'); process.exit(1); }
        console.log(line);
      })`,
    ]);
    expect(await echo.request({ say: 'grüß' })).toEqual({ id: 1, say: 'grüß' });
    await expect(echo.request({ say: 'end' })).rejects.toThrow(
      /harness-echo ended before it said an answer to 2\s+the reason/,
    );
    await echo.stop();
  });

  it('says that a process could not be started', async () => {
    const nothing = new JsonProcess('harness-nothing', '/nonexistent/program');
    await expect(nothing.request({})).rejects.toThrow('ENOENT');
    await nothing.stop();
  });

  it('makes the same junk from the same seed', () => {
    const junk = (seed: number) => {
      const random = new Random(seed);
      return KINDS.flatMap((kind) =>
        Array.from({ length: 50 }, () => datagram(kind, random, 'ufrag').toString('hex')),
      );
    };
    expect(junk(7)).toEqual(junk(7));
    expect(junk(7)).not.toEqual(junk(8));
  });

  it('checks the integrity of a STUN response as RFC 5769 §2.2 has it', () => {
    const response = Buffer.from(
      '0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220' +
        '002000080001a147e112a643' +
        '000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7' +
        '80280004c07d4c96',
      'hex',
    );
    const transaction = response.subarray(8, 20);
    const credentials = {
      serverUfrag: '',
      serverPassword: 'VOkJxbRl1RmTxUk/WvJxBt',
      clientUfrag: '',
    };
    expect(isSuccessOf(response, transaction, credentials)).toBe(true);
    expect(isSuccessOf(response, Buffer.alloc(12), credentials)).toBe(false);
    expect(isSuccessOf(response, transaction, { ...credentials, serverPassword: 'x' })).toBe(false);
  });

  it('delays and loses packets on an emulated path, and counts them', async () => {
    const network = await Network.create('emulated');
    const echo = createSocket('udp4');
    echo.on('message', (message, { address, port }) => {
      echo.send(message, port, address);
    });
    try {
      echo.bind(0, network.outside);
      await once(echo, 'listening');
      const { port } = echo.address();
      const conditions = { delayMillis: 40, loss: 0.2 };
      await network.impair({ inward: conditions, outward: { ...conditions, loss: 0 } });
      const { executable, args } = network.within(process.execPath, [
        '-e',
        SENDER,
        network.outside,
        String(port),
      ]);
      const sender = new Command('harness-sender', executable, args);
      expect(await sender.endsWithin(20_000)).toEqual({ code: 0, signal: null });
      const { back, medianMillis } = JSON.parse(sender.stdout) as Record<string, number>;
      const counts = await network.impair({});
      expect(counts.outward.carried).toBeGreaterThanOrEqual(DATAGRAMS);
      // Four standard deviations of 500 throws with one in five.
      expect(counts.inward.lost).toBeGreaterThan(64);
      expect(counts.inward.lost).toBeLessThan(136);
      expect(back).toBeLessThanOrEqual(DATAGRAMS - counts.inward.lost + 5);
      expect(medianMillis).toBeGreaterThanOrEqual(80);
      expect(medianMillis).toBeLessThan(300);
    } finally {
      echo.close();
      await network.remove();
    }
  }, 30_000);

  it('impairs no path that is not emulated', async () => {
    const network = await Network.create();
    await expect(network.impair({})).rejects.toThrow('not emulated');
    await network.remove();
  });
});
