package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes commits survive a power cut in SQLite's place: after each one it forces the contents of the write-ahead log to the
 * disk. SQLite's driver only knows {@code fsync}, which also writes the time of the log's last change, for a journaling
 * file system in a transaction of its own; the contents alone are one write.
 *
 * <p>Only the writer's thread calls it, and nothing interrupts that thread, which would close the file.
 */
interface LogForce extends AutoCloseable {

    /**
     * Returns once everything that was written to the log so far is on the disk.
     *
     * @throws IOException if it may not be: nobody can know then what a later call that succeeds has written
     */
    void force() throws IOException;

    @Override
    void close() throws IOException;

    /** Has SQLite leave it to the bridge when commits of a connection that is outside a transaction are durable. */
    static void takeOver(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA synchronous = NORMAL"); // it still forces the log before each checkpoint
        }
    }

    static LogForce of(Path log) throws IOException {
        FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE);
        return new LogForce() {
            @Override
            public void force() throws IOException {
                channel.force(false);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
