/**
 * A meeting's address is the page's own, with the meeting's id as the fragment: any static server can serve it without a rewrite rule,
 * below any path, and the id stays out of access logs and referrers.
 */

// Long enough for a session id, which a server may use as meeting id; nothing that would need escaping in a URL.
const MEETING_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{2,199}$/;

/** The meeting an address names, if it names one. `?meeting=<id>` and `/m/<id>` are understood as well. */
export function meetingIdOf(address: URL): string | undefined {
  const fragment = address.hash.replace(/^#\/?/, '');
  const query = address.searchParams.get('meeting') ?? '';
  const path = /\/m\/([^/]+)\/?$/.exec(address.pathname)?.[1] ?? '';
  return [fragment, query, path].find((candidate) => MEETING_ID.test(candidate));
}

/** The meeting named by what somebody typed or pasted: a code or a link, with or without its scheme. */
export function meetingIdFromText(text: string): string | undefined {
  const trimmed = text.trim();
  if (MEETING_ID.test(trimmed)) {
    return trimmed;
  }
  return [trimmed, `https://${trimmed}`]
    .filter((candidate) => URL.canParse(candidate))
    .map((candidate) => meetingIdOf(new URL(candidate)))
    .find((id) => id !== undefined);
}

/** The link to hand to others. */
export function meetingLink(page: URL, meetingId: string): string {
  const link = new URL(page);
  link.search = '';
  link.hash = meetingId;
  return link.href;
}
