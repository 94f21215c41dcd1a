/**
 * The sessions that people are in now: who is connected, what is published, who is told what.
 * Signalling and REST call it. All state of a session is owned by its mailbox, which carries out
 * one command at a time on virtual threads; calls block until theirs is done.
 */
@NullMarked
package dev.sluice.session.live;

import org.jspecify.annotations.NullMarked;
