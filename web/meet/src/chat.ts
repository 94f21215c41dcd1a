/** A message as it is shown. */
export interface ChatMessage {
  readonly from: string;
  readonly own: boolean;
  readonly text: string;
  /** When it arrived here, in epoch milliseconds. */
  readonly atMillis: number;
}

export interface Chat {
  readonly open: boolean;
  readonly unread: number;
  readonly messages: readonly ChatMessage[];
}

/** Type of the signals that carry chat messages; their data is the text. */
export const CHAT_SIGNAL = 'chat';

// The signalling protocol's limit for the data of a signal.
const LONGEST_BYTES = 8192;
const KEPT_MESSAGES = 500;

export const EMPTY_CHAT: Chat = { open: false, unread: 0, messages: [] };

export function withMessage(chat: Chat, message: ChatMessage): Chat {
  const unread = chat.open || message.own ? chat.unread : chat.unread + 1;
  return { ...chat, unread, messages: [...chat.messages, message].slice(-KEPT_MESSAGES) };
}

export function toggled(chat: Chat): Chat {
  return { ...chat, open: !chat.open, unread: 0 };
}

/** What may be sent of a draft: the trimmed text, or why not. */
export type Sendable =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooLong'; readonly bytes: number; readonly longestBytes: number };

export function sendable(draft: string): Sendable {
  const text = draft.trim();
  if (text === '') {
    return { kind: 'empty' };
  }
  const bytes = new TextEncoder().encode(text).length;
  return bytes > LONGEST_BYTES
    ? { kind: 'tooLong', bytes, longestBytes: LONGEST_BYTES }
    : { kind: 'text', text };
}
