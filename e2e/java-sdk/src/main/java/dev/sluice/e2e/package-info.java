/**
 * The official Java SDK as a command: calls in on standard input, results out on standard output,
 * one line of JSON each. The end-to-end tests start it and drive it beside the Node SDK. It runs on
 * one thread, the main one.
 */
@NullMarked
package dev.sluice.e2e;

import org.jspecify.annotations.NullMarked;
