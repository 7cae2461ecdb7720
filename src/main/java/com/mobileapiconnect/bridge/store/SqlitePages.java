package com.mobileapiconnect.bridge.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/**
 * The pages of a SQLite file, for overwriting their gaps in place. Only bytes that SQLite does not use are changed, each
 * to zero, so a write that a power cut tears in two leaves the page as good as before. To be used while no checkpoint
 * runs; connections may read and the log may grow meanwhile.
 */
final class SqlitePages implements AutoCloseable {

    private static final int HEADER = 100;
    private static final int AT_ONCE = 64;
    private static final int MAP_ENTRY = 5;
    private static final int ROOT = 1;
    private static final int BELOW_ROOT = 5;
    private static final long LOCK_BYTES = 1L << 30;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

    private final FileChannel channel;
    private final int pageSize;
    private final int usable;
    private final boolean mapped;
    private boolean stopped; // guarded by this

    private SqlitePages(FileChannel channel, int pageSize, int usable, boolean mapped) {
        this.channel = channel;
        this.pageSize = pageSize;
        this.usable = usable;
        this.mapped = mapped;
    }

    /**
     * Opens a file that has been checkpointed. To be closed after every connection to it: closing a file frees the
     * locks that the process holds on it.
     */
    static SqlitePages open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        fill(channel, header, 0);
        int size = header.getShort(16) == 1 ? 1 << 16 : header.getShort(16) & 0xffff;
        // Whatever the head says, the channel stays open: closing it would free the locks of all connections.
        return new SqlitePages(channel, size, size - (header.get(20) & 0xff), header.getInt(52) != 0);
    }

    /** Returns once no page is being cleaned; none is afterwards. */
    synchronized void stop() {
        stopped = true;
    }

    private void requireUse() throws IOException {
        if (stopped) {
            throw new IOException("The store is closed");
        }
        if (!mapped) {
            throw new IOException("The database was made without auto_vacuum, so its pages have no map");
        }
    }

    int pageSize() {
        return pageSize;
    }

    /** Overwrites the remains in all pages. Page 1 is left alone: it holds the schema. */
    void cleanAll() throws IOException {
        long pages = channel.size() / pageSize;
        for (long first = 2; first <= pages; first += AT_ONCE) {
            cleanBatch(first, (int) Math.min(AT_ONCE, pages - first + 1));
        }
    }

    private synchronized void cleanBatch(long first, int count) throws IOException {
        requireUse();
        ByteBuffer some = ByteBuffer.allocate(count * pageSize);
        fill(channel, some, (first - 1) * pageSize);
        for (int i = 0; i < count; i++) {
            byte[] page = new byte[pageSize];
            some.get(i * pageSize, page);
            clean(first + i, page);
        }
    }

    /** Overwrites the remains in some pages. */
    synchronized void clean(Collection<Long> numbers) throws IOException {
        requireUse();
        long pages = channel.size() / pageSize;
        for (long number : numbers) {
            if (number >= 2 && number <= pages) {
                byte[] page = new byte[pageSize];
                fill(channel, ByteBuffer.wrap(page), (number - 1) * pageSize);
                clean(number, page);
            }
        }
    }

    private void clean(long number, byte[] page) throws IOException {
        for (PageGaps.Gap gap : PageGaps.remains(page, usable)) {
            if (!hasRows(number)) {
                return; // what looked like a page with rows is not one
            }
            ByteBuffer zeros = ZEROS.duplicate().limit(gap.end() - gap.begin());
            long at = (number - 1) * pageSize + gap.begin();
            while (zeros.hasRemaining()) {
                at += channel.write(zeros, at);
            }
        }
    }

    /** Asks the file's own map of its pages. */
    private boolean hasRows(long number) throws IOException {
        long lockPage = LOCK_BYTES / pageSize + 1;
        long mapped = usable / MAP_ENTRY + 1L;
        long map = (number - 2) / mapped * mapped + 2;
        map = map == lockPage ? map + 1 : map;
        if (number <= map || number == lockPage) {
            return false;
        }
        ByteBuffer type = ByteBuffer.allocate(1);
        fill(channel, type, (map - 1) * pageSize + MAP_ENTRY * (number - map - 1));
        return type.get(0) == ROOT || type.get(0) == BELOW_ROOT;
    }

    /** Returns when all that was overwritten is on the disk. */
    void force() throws IOException {
        channel.force(false);
    }

    private static void fill(FileChannel from, ByteBuffer buffer, long at) throws IOException {
        while (buffer.hasRemaining()) {
            if (from.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("The database file has become shorter");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
