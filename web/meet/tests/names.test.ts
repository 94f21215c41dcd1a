import { expect, test } from 'vitest';
import { hueOf, initials, nameInConnectionData, tidyName } from '../src/names.js';

test.each([
  ['  Ada   Lovelace ', 'Ada Lovelace'],
  ['two\nlines', 'two lines'],
  ['   ', ''],
  ['x'.repeat(80), 'x'.repeat(60)],
])('%j is tidied to %j', (typed, tidied) => {
  expect(tidyName(typed)).toBe(tidied);
});

test.each([
  ['{"name":"Ada"}', 'Ada'],
  ['{"name":" Ada ","more":1}', 'Ada'],
  ['{"name":""}', undefined],
  ['{"name":7}', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['"Ada"', undefined],
  ['name=Ada', undefined],
  ['', undefined],
])('the name in the connection data %j is %j', (data, name) => {
  expect(nameInConnectionData(data)).toBe(name);
});

test.each([
  ['Ada Lovelace', 'AL'],
  ['Edsger W. Dijkstra', 'ED'],
  ['ada', 'A'],
  ['Émile (Paris)', 'ÉP'],
  ['Ada 👋', 'A'],
  ['', ''],
  ['👋', ''],
])('the initials of %j are %j', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test('a name has one colour, and names use more than one', () => {
  expect(hueOf('Ada')).toBe(hueOf('Ada'));
  const hues = new Set(['Ada', 'Grace', 'Alan', 'Hedy', 'Radia', 'Jon'].map(hueOf));
  expect(hues.size).toBeGreaterThan(2);
  expect(Math.max(...hues)).toBeLessThan(8);
});
