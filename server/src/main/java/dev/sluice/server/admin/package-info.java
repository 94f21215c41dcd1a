/**
 * What an operator asks for beside the REST API: applications, their keys, sessions. The command
 * line calls it, either on the store itself or, where a running server holds an SQLite store, by a
 * Unix-domain socket in the data directory. Blocking; any thread, the server's side on virtual
 * ones.
 */
@NullMarked
package dev.sluice.server.admin;

import org.jspecify.annotations.NullMarked;
