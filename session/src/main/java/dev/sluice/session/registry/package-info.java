/**
 * Applications and sessions as they are created, kept and found. The front doors and the command
 * line call it. Blocks on the repositories; any thread.
 */
@NullMarked
package dev.sluice.session.registry;

import org.jspecify.annotations.NullMarked;
