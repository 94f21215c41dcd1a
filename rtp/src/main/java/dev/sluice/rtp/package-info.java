@NullMarked
package dev.sluice.rtp;

import org.jspecify.annotations.NullMarked;
