/**
 * What Prometheus collects: the JVM, the front doors, the Media Router. The composition root makes
 * it and mounts its route. A scrape runs on the request's virtual thread; nothing is measured on
 * the packet path beyond what the router counts anyway.
 */
@NullMarked
package dev.sluice.server.metrics;

import org.jspecify.annotations.NullMarked;
