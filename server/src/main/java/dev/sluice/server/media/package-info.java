/**
 * Binds the domain's port to media to the Media Router and translates between their words. Called
 * from the mailboxes of sessions; what the router tells comes on worker threads.
 */
@NullMarked
package dev.sluice.server.media;

import org.jspecify.annotations.NullMarked;
