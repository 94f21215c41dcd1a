/** The rules of docs/architecture.md as tests over every module's classes and sources. */
@NullMarked
package dev.sluice.architecture;

import org.jspecify.annotations.NullMarked;
