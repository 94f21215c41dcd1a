package dev.sluice.store;

import org.jdbi.v3.core.Jdbi;

/**
 * The ways into a database.
 *
 * @param writer for statements that change something; with SQLite one caller at a time
 * @param reader for queries
 */
record Database(Jdbi writer, Jdbi reader) {}
