import type { ConnectionMessage } from '../signalling/messages.js';

/** One client's presence in a session. The same object stands for it as long as it lasts. */
export class Connection {
  /** Unique on the server. */
  readonly connectionId: string;
  /** The same as `connectionId`. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  /** What the application's server put into the token; '' when nothing. */
  readonly data: string;

  /** @internal */
  constructor(message: ConnectionMessage) {
    this.connectionId = message.id;
    this.id = message.id;
    this.creationTime = message.createdAt;
    this.data = message.data;
  }
}
