package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The numbers of the pages in a write-ahead log, read on as it grows. See "WAL-mode File Format" in SQLite's
 * documentation.
 */
final class LogPages implements AutoCloseable {

    private static final int LOG_HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int SALT_IN_LOG = 16;
    private static final int SALT_IN_FRAME = 8;

    private final FileChannel channel;
    private final int pageSize;
    private final Set<Long> numbers = new HashSet<>();
    private long salt;
    private long next = LOG_HEADER;

    LogPages(Path log, int pageSize) throws IOException {
        this.channel = FileChannel.open(log, StandardOpenOption.READ);
        this.pageSize = pageSize;
    }

    /** Returns the pages read so far, and forgets them. */
    Set<Long> take() {
        Set<Long> taken = new HashSet<>(numbers);
        numbers.clear();
        return taken;
    }

    /** Reads what has come since the last time; returns the pages read since {@link #take}. */
    Set<Long> readOn() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(LOG_HEADER);
        if (!fill(header, 0)) {
            return numbers;
        }
        if (header.getLong(SALT_IN_LOG) != salt) {
            salt = header.getLong(SALT_IN_LOG);
            next = LOG_HEADER; // the log has started over
        }
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER);
        while (fill(frame.clear(), next) && frame.getLong(SALT_IN_FRAME) == salt) {
            numbers.add(frame.getInt(0) & 0xffff_ffffL);
            next += FRAME_HEADER + pageSize;
        }
        return numbers;
    }

    private boolean fill(ByteBuffer buffer, long at) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
