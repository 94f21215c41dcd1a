@NullMarked
package dev.sluice.session;

import org.jspecify.annotations.NullMarked;
