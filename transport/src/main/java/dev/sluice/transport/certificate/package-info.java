/**
 * Certificates for HTTPS where nobody has one yet. The development server makes one when it listens
 * for other machines; the JDK reads certificates and cannot make any. Any thread.
 */
@NullMarked
package dev.sluice.transport.certificate;

import org.jspecify.annotations.NullMarked;
