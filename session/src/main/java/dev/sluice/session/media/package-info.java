@NullMarked
package dev.sluice.session.media;

import org.jspecify.annotations.NullMarked;
