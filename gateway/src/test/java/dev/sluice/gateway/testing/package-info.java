/**
 * What the gateway's tests share: tokens as the SDKs write them, media that only remember, a
 * started gateway and a client that speaks the protocol. Tests call it, on the test's thread.
 */
@NullMarked
package dev.sluice.gateway.testing;

import org.jspecify.annotations.NullMarked;
