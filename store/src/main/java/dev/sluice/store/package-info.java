/**
 * Keeps applications and sessions in a database, and takes care of its schema. The composition root
 * opens a {@link dev.sluice.store.Store} and hands its repositories to the domain. Calls block: any
 * thread, best a virtual one.
 */
@NullMarked
package dev.sluice.store;

import org.jspecify.annotations.NullMarked;
