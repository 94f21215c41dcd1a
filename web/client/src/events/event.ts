/** What every event carries. */
export class OTEvent<Type extends string = string, Target = unknown> {
  readonly type: Type;
  readonly target: Target;
  /** Whether {@link preventDefault} has an effect. */
  readonly cancelable: boolean;
  #prevented = false;

  constructor(type: Type, target: Target, cancelable = false) {
    this.type = type;
    this.target = target;
    this.cancelable = cancelable;
  }

  /** Keeps the library from its default action, which runs after all handlers. */
  preventDefault(): void {
    if (this.cancelable) this.#prevented = true;
  }

  /** Whether a handler has prevented it. */
  isDefaultPrevented(): boolean {
    return this.#prevented;
  }
}

/** An event with the fields of `Payload`. */
export type EventWith<Type extends string, Target, Payload extends object> = OTEvent<Type, Target> &
  Readonly<Payload>;

/** Makes an event that can't be prevented. */
export function eventOf<Type extends string, Target, Payload extends object>(
  type: Type,
  target: Target,
  payload: Payload,
): EventWith<Type, Target, Payload> {
  return Object.assign(new OTEvent(type, target), payload);
}

/** Makes an event whose default action a handler can prevent. */
export function cancelableEventOf<Type extends string, Target, Payload extends object>(
  type: Type,
  target: Target,
  payload: Payload,
): EventWith<Type, Target, Payload> {
  return Object.assign(new OTEvent(type, target, true), payload);
}
