import { describe, expect, it, vi } from 'vitest';
import { Emitter } from '../src/events/emitter.js';
import { cancelableEventOf, eventOf, type EventWith } from '../src/events/event.js';
import { settled } from './fakes/platform.js';

interface Events {
  ping: EventWith<'ping', null, { value: number }>;
  pong: EventWith<'pong', null, { value: number }>;
}

const ping = (value: number): Events['ping'] => eventOf('ping', null, { value });
const pong = (value: number): Events['pong'] => eventOf('pong', null, { value });

function recorder(): {
  emitter: Emitter<Events>;
  heard: string[];
  hear: (event: Events['ping'] | Events['pong']) => void;
} {
  const heard: string[] = [];
  return {
    emitter: new Emitter<Events>(),
    heard,
    hear: (event) => {
      heard.push(`${event.type}${event.value}`);
    },
  };
}

describe('an emitter', () => {
  it('calls a handler that was registered in the turn after the event happened', async () => {
    const { emitter, heard, hear } = recorder();
    emitter.emit(ping(1));
    emitter.on('ping', hear);
    expect(heard).toEqual([]);
    await settled();
    expect(heard).toEqual(['ping1']);
  });

  it('takes several names at once, and a map of handlers', async () => {
    const { emitter, heard, hear } = recorder();
    emitter.on('ping pong', hear).on({ ping: hear });
    emitter.emit(ping(1));
    emitter.emit(pong(2));
    await settled();
    expect(heard).toEqual(['ping1', 'ping1', 'pong2']);
  });

  it('calls handlers with the context they were registered with', async () => {
    const { emitter } = recorder();
    const contexts: unknown[] = [];
    const here = { name: 'here' };
    function remember(this: unknown): void {
      contexts.push(this);
    }
    emitter.on('ping', remember, here).on({ ping: remember }, here);
    emitter.emit(ping(1));
    await settled();
    expect(contexts).toEqual([here, here]);
  });

  it('calls a once handler once', async () => {
    const { emitter, heard, hear } = recorder();
    emitter.once('ping', hear).once({ pong: hear });
    [ping(1), ping(2), pong(3), pong(4)].forEach((event) => {
      emitter.emit(event);
    });
    await settled();
    expect(heard).toEqual(['ping1', 'pong3']);
  });

  it.each([
    ['everything', (e: Emitter<Events>) => e.off(), []],
    ['one event', (e: Emitter<Events>) => e.off('ping'), ['pong2']],
    ['several events', (e: Emitter<Events>) => e.off('ping pong'), []],
  ])('forgets %s with off', async (_, forget, left) => {
    const { emitter, heard, hear } = recorder();
    emitter.on('ping pong', hear);
    forget(emitter);
    emitter.emit(ping(1));
    emitter.emit(pong(2));
    await settled();
    expect(heard).toEqual(left);
  });

  it('forgets one function, one function with one context, or those of a map', async () => {
    const { emitter, heard, hear } = recorder();
    const other = vi.fn();
    const one = {};
    const two = {};
    emitter.on('ping', hear, one).on('ping', hear, two).on('ping', other).on('pong', hear);
    emitter.off('ping', hear, one).off('ping', other).off({ pong: hear });
    emitter.emit(ping(1));
    emitter.emit(pong(1));
    await settled();
    expect(heard).toEqual(['ping1']);
    expect(other).not.toHaveBeenCalled();
  });

  it('does not call a handler that one before it has removed', async () => {
    const { emitter, heard, hear } = recorder();
    emitter.on('ping', () => {
      emitter.off('ping', hear);
    });
    emitter.on('ping', hear);
    emitter.emit(ping(1));
    await settled();
    expect(heard).toEqual([]);
  });

  it('reports the exception of a handler and calls the others', async () => {
    const { emitter, heard, hear } = recorder();
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const fault = new Error('handler fault');
    emitter.on('ping', () => {
      throw fault;
    });
    emitter.on('ping', hear);
    emitter.emit(ping(1));
    await settled();
    expect(heard).toEqual(['ping1']);
    expect(reported).toHaveBeenCalledExactlyOnceWith(fault);
    vi.unstubAllGlobals();
  });

  it('runs the default action after all handlers, unless any of them prevented it', async () => {
    const { emitter } = recorder();
    const steps: string[] = [];
    const act = (name: string) => ({
      defaultAction: (): void => {
        steps.push(`default ${name}`);
      },
    });
    emitter.on('ping', () => steps.push('handler'));
    emitter.emit(cancelableEventOf('ping', null, { value: 1 }), act('first'));
    await settled();
    emitter.once('ping', (event) => {
      event.preventDefault();
      expect(event.isDefaultPrevented()).toBe(true);
    });
    emitter.emit(cancelableEventOf('ping', null, { value: 2 }), act('second'));
    await settled();
    expect(steps).toEqual(['handler', 'default first', 'handler']);
  });

  it('does not let an event be prevented that is not cancelable', () => {
    const event = ping(1);
    event.preventDefault();
    expect(event.isDefaultPrevented()).toBe(false);
  });
});
