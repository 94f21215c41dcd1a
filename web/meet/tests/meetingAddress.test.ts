import { describe, expect, test } from 'vitest';
import { meetingIdFromText, meetingIdOf, meetingLink } from '../src/meetingAddress.js';

const SESSION_ID = '1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg0NTl-fn5-';

describe('the meeting an address names', () => {
  test.each([
    ['https://video.example.com/#brook-amber-42', 'brook-amber-42'],
    ['https://video.example.com/below/#/brook-amber-42', 'brook-amber-42'],
    ['https://video.example.com/?meeting=brook-amber-42', 'brook-amber-42'],
    ['https://video.example.com/m/brook-amber-42', 'brook-amber-42'],
    ['https://video.example.com/m/brook-amber-42/', 'brook-amber-42'],
    ['https://video.example.com/?meeting=other#brook-amber-42', 'brook-amber-42'],
    [
      'https://video.example.com/#3c7d2a9e-58f1-4a86-9d0f-1b2c3d4e5f60',
      '3c7d2a9e-58f1-4a86-9d0f-1b2c3d4e5f60',
    ],
    [`https://video.example.com/#${SESSION_ID}`, SESSION_ID],
  ])('%s', (address, id) => {
    expect(meetingIdOf(new URL(address))).toBe(id);
  });

  test.each([
    'https://video.example.com/',
    'https://video.example.com/#',
    'https://video.example.com/#ab',
    'https://video.example.com/#a b c d',
    'https://video.example.com/#../../etc/passwd',
    'https://video.example.com/#<script>',
    `https://video.example.com/#${'x'.repeat(201)}`,
    'https://video.example.com/?meeting=',
    'https://video.example.com/m/',
  ])('none in %s', (address) => {
    expect(meetingIdOf(new URL(address))).toBeUndefined();
  });
});

describe('what somebody pastes', () => {
  test.each([
    'brook-amber-42',
    '  brook-amber-42\n',
    'https://video.example.com/#brook-amber-42',
    ' http://192.168.1.5:8080/#brook-amber-42 ',
    'video.example.com/#brook-amber-42',
    'localhost:8080/?meeting=brook-amber-42',
  ])('%j is understood', (text) => {
    expect(meetingIdFromText(text)).toBe('brook-amber-42');
  });

  test.each(['', '   ', 'two words', 'https://video.example.com/', 'http://', '#'])(
    '%j is not a meeting',
    (text) => {
      expect(meetingIdFromText(text)).toBeUndefined();
    },
  );
});

test('a link leads back to its meeting, from the folder of the page', () => {
  const link = meetingLink(
    new URL('https://example.com/video/?meeting=old#older'),
    'brook-amber-42',
  );

  expect(link).toBe('https://example.com/video/#brook-amber-42');
  expect(meetingIdOf(new URL(link))).toBe('brook-amber-42');
});
