@NullMarked
package dev.sluice.session.store;

import org.jspecify.annotations.NullMarked;
