import { OTError } from '../errors.js';
import type { Fields } from './fields.js';

/** A request without its reply yet. */
export interface OpenRequest {
  readonly id: number;
  readonly text: string;
  /** Whether it is sent again on the next socket when the server did not get it. */
  readonly lasting: boolean;
  readonly resolve: (fields: Fields) => void;
  readonly reject: (error: unknown) => void;
}

/** The requests without their reply, in the order of their ids. */
export class OpenRequests {
  readonly #open = new Map<number, OpenRequest>();

  add(request: OpenRequest): void {
    this.#open.set(request.id, request);
  }

  /** The request that a reply is for; it is open no more. */
  take(id: number): OpenRequest | undefined {
    const request = this.#open.get(id);
    this.#open.delete(id);
    return request;
  }

  /** What to send on a new socket, when the server has taken the requests up to the id `received`; what can't wait fails. */
  resend(received: number): string[] {
    const missing = [...this.#open.values()].filter(({ id }) => id > received);
    for (const { id, reject } of missing.filter(({ lasting }) => !lasting)) {
      this.#open.delete(id);
      reject(interrupted());
    }
    return missing.filter(({ lasting }) => lasting).map(({ text }) => text);
  }

  failAll(error: OTError): void {
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }
}

/** What a request that must not wait fails with while the socket is lost. */
export function interrupted(): OTError {
  return new OTError('OT_NOT_CONNECTED', 'The connection to the session is interrupted');
}
