import { Collection } from './collection.js';
import type { Publisher } from './publisher/publisher.js';
import type { Session } from './session/session.js';
import type { Subscriber } from './subscriber/subscriber.js';

/** The sessions of this page: `OT.sessions`. */
export const sessions = new Collection<Session>();
/** The publishers of this page that were not destroyed: `OT.publishers`. */
export const publishers = new Collection<Publisher>();
/** The subscribers of this page that were not destroyed: `OT.subscribers`. */
export const subscribers = new Collection<Subscriber>();
