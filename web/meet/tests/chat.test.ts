import { expect, test } from 'vitest';
import { EMPTY_CHAT, sendable, toggled, withMessage, type ChatMessage } from '../src/chat.js';

const from = (name: string, own = false): ChatMessage => ({
  from: name,
  own,
  text: `hello from ${name}`,
  atMillis: 1,
});

test('messages of others count as unread while the panel is closed', () => {
  const chat = withMessage(withMessage(EMPTY_CHAT, from('Ada')), from('Grace'));

  expect(chat.unread).toBe(2);
  expect(chat.messages.map((message) => message.from)).toEqual(['Ada', 'Grace']);
});

test('one’s own messages are never unread', () => {
  expect(withMessage(EMPTY_CHAT, from('Me', true)).unread).toBe(0);
});

test('opening the panel reads everything, and what comes while it is open is read', () => {
  const open = toggled(withMessage(EMPTY_CHAT, from('Ada')));

  expect(open).toMatchObject({ open: true, unread: 0 });
  expect(withMessage(open, from('Ada')).unread).toBe(0);
});

test('after closing, new messages count again', () => {
  const closed = toggled(toggled(EMPTY_CHAT));

  expect(withMessage(closed, from('Ada'))).toMatchObject({ open: false, unread: 1 });
});

test('a long meeting keeps its latest messages', () => {
  let chat = EMPTY_CHAT;
  for (let number = 0; number < 600; number++) {
    chat = withMessage(chat, from(String(number)));
  }

  expect(chat.messages).toHaveLength(500);
  expect(chat.messages.at(-1)?.from).toBe('599');
});

test.each(['', '   ', '\n\t'])('there is nothing to send in %j', (draft) => {
  expect(sendable(draft)).toEqual({ kind: 'empty' });
});

test('a draft is sent without the space around it', () => {
  expect(sendable('  two\nlines \n')).toEqual({ kind: 'text', text: 'two\nlines' });
});

test('the limit counts bytes, not letters', () => {
  expect(sendable('x'.repeat(8192)).kind).toBe('text');
  expect(sendable('é'.repeat(4096)).kind).toBe('text');
  expect(sendable('é'.repeat(4097))).toEqual({ kind: 'tooLong', bytes: 8194, longestBytes: 8192 });
});
