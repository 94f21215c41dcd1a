/**
 * Requests and answers as the REST resources and the server's own routes see them, so that the web
 * server stays behind the gateway. The gateway calls the handlers. Each request has a virtual
 * thread; handlers may block.
 */
@NullMarked
package dev.sluice.gateway.http;

import org.jspecify.annotations.NullMarked;
