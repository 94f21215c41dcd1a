package dev.sluice.simulation.publisher;

/**
 * An encoded picture.
 *
 * @param index counts the pictures of the encoding
 * @param first a picture it refers to, {@code FrameNote.NO_FRAME} in a key frame
 * @param second another
 * @param onlyBase whether it refers to nothing above the base layer (the Y bit of VP8)
 */
record Frame(
    int index, int temporal, boolean key, int bytes, int first, int second, boolean onlyBase) {}
