/** What the server's log calls this client. */
export const LIBRARY_NAME = 'sluice-client/0.1.0';
