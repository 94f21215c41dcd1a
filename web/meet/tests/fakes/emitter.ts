/** The event side of the client library: handlers by name, called in the order they came. */
export class FakeEmitter<Events> {
  private readonly handlers = new Map<string, ((event: never) => void)[]>();

  on<Name extends keyof Events & string>(name: Name, handler: (event: Events[Name]) => void): this {
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler]);
    return this;
  }

  emit<Name extends keyof Events & string>(name: Name, event: Events[Name]): void {
    for (const handler of this.handlers.get(name) ?? []) {
      (handler as (event: Events[Name]) => void)(event);
    }
  }
}
