/**
 * When a packet of a subscribe transport leaves: at once while the budget of its rate lasts, else
 * after those that matter more. {@code dev.sluice.router.live} asks it for every packet that a
 * forwarder wrote, and drains it on every tick. Used on the worker's thread only; it has neither a
 * clock nor I/O, and as long as nothing has to wait nothing is copied.
 */
@NullMarked
package dev.sluice.router.pace;

import org.jspecify.annotations.NullMarked;
