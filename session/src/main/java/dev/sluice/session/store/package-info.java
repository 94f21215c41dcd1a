/**
 * The ports through which the domain keeps applications and sessions. The domain's services call
 * them, the store implements them. Calls block: any thread, best a virtual one.
 */
@NullMarked
package dev.sluice.session.store;

import org.jspecify.annotations.NullMarked;
