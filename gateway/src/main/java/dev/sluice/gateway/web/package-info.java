/**
 * What browsers load: the client library under /client and the meeting page at /, from the class
 * path. The gateway mounts it behind all other routes. Any thread.
 */
@NullMarked
package dev.sluice.gateway.web;

import org.jspecify.annotations.NullMarked;
