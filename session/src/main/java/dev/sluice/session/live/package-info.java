@NullMarked
package dev.sluice.session.live;

import org.jspecify.annotations.NullMarked;
