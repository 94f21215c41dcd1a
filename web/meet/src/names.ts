/** What somebody without a name is called. */
export const NAMELESS = 'Guest';

const LONGEST_NAME = 60;
const HUES = 8;

/** A name as typed, made fit to show: one line, no leading or trailing space, of limited length; empty when nothing is left. */
export function tidyName(typed: string): string {
  return typed.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME).trim();
}

/** The name in a connection's data, which the server writes as `{"name": …}`. Other applications may put anything there. */
export function nameInConnectionData(data: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    // Not ours: somebody else's token. The person is shown without a name.
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) {
    return undefined;
  }
  const name: unknown = Reflect.get(parsed, 'name');
  return typeof name === 'string' && tidyName(name) !== '' ? tidyName(name) : undefined;
}

/** One or two letters for the place of a face: of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = ends.map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

/** The same of eight colours for the same name, everywhere. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) {
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % HUES;
}
