import { reportFault } from '../logging.js';
import type { OTEvent } from './event.js';

/** An event handler; `this` is the context it was registered with. */
export type Handler<E> = {
  /** Only a method takes handlers that expect a more special event. */
  bivarianceHack(event: E): void;
}['bivarianceHack'];

/** Handlers by event name. */
export type HandlerMap<Events extends object> = {
  readonly [Name in keyof Events]?: Handler<Events[Name]>;
};

interface Listener {
  readonly handler: Handler<OTEvent>;
  readonly context: unknown;
  readonly once: boolean;
}

/**
 * Registers handlers and calls them. `Events` maps event names to event types. A handler runs in a microtask after the event
 * happened, so one registered in the same turn as the call that causes it still hears it. One handler's exception goes to the page's
 * error reporting and does not stop the others. Default actions run after the last handler, unless one prevented them.
 */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<string, Listener[]>();

  /** Calls `handler` whenever the event happens; a string may hold several names separated by spaces. */
  on<Name extends keyof Events & string>(
    name: Name,
    handler: Handler<Events[Name]>,
    context?: unknown,
  ): this;
  on(handlers: HandlerMap<Events>, context?: unknown): this;
  on(names: string, handler: Handler<OTEvent>, context?: unknown): this;
  on(names: string | HandlerMap<Events>, second?: unknown, third?: unknown): this {
    this.#register(false, names, second, third);
    return this;
  }

  /** Like {@link on}, for one event only. */
  once<Name extends keyof Events & string>(
    name: Name,
    handler: Handler<Events[Name]>,
    context?: unknown,
  ): this;
  once(handlers: HandlerMap<Events>, context?: unknown): this;
  once(names: string, handler: Handler<OTEvent>, context?: unknown): this;
  once(names: string | HandlerMap<Events>, second?: unknown, third?: unknown): this {
    this.#register(true, names, second, third);
    return this;
  }

  /** Removes handlers: all of them, those of an event, one function, or one function with one context. */
  off<Name extends keyof Events & string>(
    name?: Name,
    handler?: Handler<Events[Name]>,
    context?: unknown,
  ): this;
  off(handlers: HandlerMap<Events>, context?: unknown): this;
  off(names: string, handler?: Handler<OTEvent>, context?: unknown): this;
  off(names?: string | HandlerMap<Events>, second?: unknown, third?: unknown): this {
    if (names === undefined) {
      this.#listeners.clear();
    } else {
      for (const [name, handler, context] of entries(names, second, third)) {
        const kept = (this.#listeners.get(name) ?? []).filter(
          (listener) =>
            (handler !== undefined && listener.handler !== handler) ||
            (context !== undefined && listener.context !== context),
        );
        this.#listeners.set(name, kept);
      }
    }
    this.handlersChanged();
    return this;
  }

  /**
   * Calls the handlers of each of `names`, by default the event's type.
   *
   * @internal
   */
  emit(
    event: OTEvent,
    options: { readonly names?: readonly string[]; readonly defaultAction?: () => void } = {},
  ): void {
    const names = options.names ?? [event.type];
    queueMicrotask(() => {
      for (const name of names) this.#call(name, event);
      if (!event.isDefaultPrevented()) options.defaultAction?.();
    });
  }

  /** @internal Called after handlers were added or removed; for work that is only worth doing for someone who listens. */
  protected handlersChanged(): void {
    // Nothing to start or stop here.
  }

  /** @internal */
  protected hasHandler(name: string): boolean {
    return (this.#listeners.get(name) ?? []).length > 0;
  }

  #register(
    once: boolean,
    names: string | HandlerMap<Events>,
    second: unknown,
    third: unknown,
  ): void {
    for (const [name, handler, context] of entries(names, second, third)) {
      if (handler === undefined) continue;
      const listeners = this.#listeners.get(name) ?? [];
      this.#listeners.set(name, [...listeners, { handler, context, once }]);
    }
    this.handlersChanged();
  }

  #call(name: string, event: OTEvent): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      // A handler before it may have removed it.
      if (this.#listeners.get(name)?.includes(listener) !== true) continue;
      if (listener.once) this.#drop(name, listener);
      try {
        listener.handler.call(listener.context, event);
      } catch (fault) {
        reportFault(fault);
      }
    }
  }

  #drop(name: string, listener: Listener): void {
    this.#listeners.set(
      name,
      (this.#listeners.get(name) ?? []).filter((other) => other !== listener),
    );
    this.handlersChanged();
  }
}

type Entry = readonly [name: string, handler: Handler<OTEvent> | undefined, context: unknown];

/** The two argument forms, `(names, handler, context)` and `({name: handler}, context)`, as one list. */
function entries(names: string | object, second: unknown, third: unknown): Entry[] {
  if (typeof names === 'string') {
    const handler = typeof second === 'function' ? (second as Handler<OTEvent>) : undefined;
    return names
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => [name, handler, third]);
  }
  return Object.entries(names).flatMap(([name, handler]: [string, unknown]): Entry[] =>
    typeof handler === 'function' ? [[name, handler as Handler<OTEvent>, second]] : [],
  );
}
