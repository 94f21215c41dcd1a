/** Which members to select: an object whose properties must be equal, or a predicate. */
export type Criteria<T> = Partial<Record<string, unknown>> | ((member: T) => boolean);

/** A live list of the page's sessions, publishers or subscribers: `OT.sessions`, `OT.publishers`, `OT.subscribers`. */
export class Collection<T extends object> {
  readonly #members = new Set<T>();

  /** The first member that meets the criteria; without criteria the first of all. */
  find(criteria?: Criteria<T>): T | undefined {
    return this.where(criteria)[0];
  }

  /** All members that meet the criteria, oldest first. */
  where(criteria: Criteria<T> = {}): T[] {
    return [...this.#members].filter((member) =>
      typeof criteria === 'function'
        ? criteria(member)
        : Object.entries(criteria).every(([key, value]) => Reflect.get(member, key) === value),
    );
  }

  /** Visits all members, oldest first. */
  forEach(visit: (member: T) => void): void {
    [...this.#members].forEach(visit);
  }

  /** How many members there are. */
  length(): number {
    return this.#members.size;
  }

  /** @internal */
  add(member: T): void {
    this.#members.add(member);
  }

  /** @internal */
  remove(member: T): void {
    this.#members.delete(member);
  }
}
