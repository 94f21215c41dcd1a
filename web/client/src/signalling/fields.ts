/** A message that is not of the protocol: the text says which field is wrong. */
export class ProtocolFault extends Error {}

/** Typed reads from a JSON object. Each throws {@link ProtocolFault} when the field is not of its type. */
export class Fields {
  readonly #object: object;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null)
      throw new ProtocolFault('an object is missing');
    this.#object = value;
  }

  has(name: string): boolean {
    return this.#value(name) !== undefined && this.#value(name) !== null;
  }

  text(name: string): string {
    const value = this.#value(name);
    if (typeof value !== 'string') throw new ProtocolFault(`${name} is not a string`);
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  number(name: string): number {
    const value = this.#value(name);
    if (typeof value !== 'number') throw new ProtocolFault(`${name} is not a number`);
    return value;
  }

  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    if (typeof value !== 'boolean') throw new ProtocolFault(`${name} is not a boolean`);
    return value;
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.text(name);
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new ProtocolFault(`${name} is "${value}"`);
    return choice;
  }

  object(name: string): Fields {
    return new Fields(this.#value(name));
  }

  list<T>(name: string, read: (item: Fields) => T): T[] {
    return this.#items(name).map((item) => read(new Fields(item)));
  }

  texts(name: string): string[] {
    return this.#items(name).map((item) => {
      if (typeof item !== 'string') throw new ProtocolFault(`${name} has what is not a string`);
      return item;
    });
  }

  #items(name: string): readonly unknown[] {
    const value = this.#value(name);
    if (!Array.isArray(value)) throw new ProtocolFault(`${name} is not a list`);
    return value;
  }

  #value(name: string): unknown {
    return Reflect.get(this.#object, name);
  }
}
