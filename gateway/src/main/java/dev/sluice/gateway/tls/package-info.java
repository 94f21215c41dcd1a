/**
 * The certificate that the front doors show: read from PEM files, checked, read again when the
 * files change. The gateway serves with it, the {@code doctor} command looks at it. Any thread; the
 * files are watched on a virtual thread.
 */
@NullMarked
package dev.sluice.gateway.tls;

import org.jspecify.annotations.NullMarked;
