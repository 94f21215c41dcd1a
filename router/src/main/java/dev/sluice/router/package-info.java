@NullMarked
package dev.sluice.router;

import org.jspecify.annotations.NullMarked;
