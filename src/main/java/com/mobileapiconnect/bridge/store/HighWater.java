package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mark beside the database with the highest sequence number of each table. A database that comes back with less has
 * lost acknowledged data. The mark is written after each commit that added rows and before anybody is told, so it is
 * never ahead of the durable data. Two slots are written in turn, so that a torn write leaves the other one.
 *
 * <p>Only the writer's thread changes it.
 */
final class HighWater implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HighWater.class);
    private static final int SLOT_BYTES = 512;
    private static final int SLOTS = 2;
    /** Stands among the tables in the mark of a store that was closed. */
    private static final String CLOSED = "closed";

    private final FileChannel channel;
    private final Slot slot = new Slot();
    private final Map<String, Long> reached = new TreeMap<>();
    private String storeId = "";
    private long serial;
    private boolean advanced;
    private boolean failed;

    /**
     * The contents of a mark.
     *
     * @param serial  counts writes; the slot with the higher one counts
     * @param reached the highest sequence number that was committed, by table
     * @param closed  whether the store was closed, and not killed
     */
    record Mark(long serial, String storeId, Map<String, Long> reached, boolean closed) {}

    private HighWater(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens the mark, or an empty one. */
    static HighWater open(Path file) {
        try {
            return new HighWater(FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "Cannot open " + file + ": " + DataDirectory.why(e) + ". " + DataDirectory.OWNED, e);
        }
    }

    /** The newer intact slot; null if there is none. */
    @Nullable Mark read() {
        Mark newest = null;
        for (int slot = 0; slot < SLOTS; slot++) {
            Mark mark = parse(bytesOf(slot));
            if (mark != null && (newest == null || mark.serial() > newest.serial())) {
                newest = mark;
            }
        }
        return newest;
    }

    /** Starts the mark of this store from these numbers. */
    void begin(String ofStore, Map<String, Long> soFar) {
        Mark before = read();
        storeId = ofStore;
        serial = before == null ? 0 : before.serial();
        reached.clear();
        reached.putAll(soFar);
        for (int slot = 0; slot < SLOTS; slot++) { // all slots, so that nothing of another store is left
            advanced = true;
            write();
        }
        force();
    }

    /** Notes that a row with this number is in the transaction just committed; {@link #write} keeps the note. */
    void reached(String table, long seq) {
        Long before = reached.get(table);
        if (before == null || before < seq) {
            reached.put(table, seq);
            advanced = true;
        }
    }

    /** Writes the notes. Without them only the warning at a later start is lost. */
    void write() {
        if (!advanced && serial > 0) {
            return;
        }
        try {
            serial++;
            channel.write(slot.of(serial, storeId, reached), serial % SLOTS * SLOT_BYTES);
            advanced = false;
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("The mark of how far the store has come cannot be written: {}", e.toString());
            }
            failed = true;
        }
    }

    /** Makes the mark survive a power cut. */
    void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            LOG.warn("The mark of how far the store has come cannot be synced: {}", e.toString());
        }
    }

    private byte[] bytesOf(int slot) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES);
            channel.read(bytes, (long) slot * SLOT_BYTES);
            return bytes.array();
        } catch (IOException e) {
            throw new StoreUnavailableException("The mark of how far the store has come cannot be read", e);
        }
    }

    private static @Nullable Mark parse(byte[] slot) {
        String line = new String(slot, StandardCharsets.US_ASCII).strip();
        int crcAt = line.lastIndexOf(" crc=");
        if (crcAt < 0 || !line.substring(crcAt + " crc=".length()).equals(crc(line.substring(0, crcAt)))) {
            return null;
        }
        Map<String, Long> reached = new TreeMap<>();
        long serial = 0;
        String storeId = "";
        for (String field : line.substring(0, crcAt).split(" ")) {
            String[] pair = field.split("=", 2);
            switch (pair[0]) {
                case "serial" -> serial = Long.parseLong(pair[1]);
                case "store" -> storeId = pair[1];
                default -> reached.put(pair[0], Long.parseLong(pair[1]));
            }
        }
        boolean closed = reached.remove(CLOSED) != null;
        return new Mark(serial, storeId, reached, closed);
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(ascii(text));
        return Long.toHexString(crc.getValue());
    }

    /** The text of one slot, made anew in the same memory for each commit. */
    private static final class Slot {

        private static final byte[] SERIAL = ascii("serial=");
        private static final byte[] STORE = ascii(" store=");
        private static final byte[] CRC = ascii(" crc=");

        private final ByteBuffer bytes = ByteBuffer.allocateDirect(SLOT_BYTES);
        private final byte[] digits = new byte[20];
        private final Map<String, byte[]> fields = new HashMap<>();
        private final CRC32 crc = new CRC32();

        ByteBuffer of(long serial, String storeId, Map<String, Long> reached) {
            bytes.clear();
            number(bytes.put(SERIAL), serial);
            bytes.put(STORE).put(ascii(storeId));
            for (Map.Entry<String, Long> table : reached.entrySet()) {
                number(bytes.put(field(table.getKey())), table.getValue());
            }
            crc.reset();
            crc.update(bytes.flip());
            bytes.limit(SLOT_BYTES);
            bytes.put(CRC).put(ascii(Long.toHexString(crc.getValue())));
            while (bytes.position() < SLOT_BYTES - 1) {
                bytes.put((byte) ' ');
            }
            return bytes.put((byte) '\n').flip();
        }

        private byte[] field(String table) {
            return fields.computeIfAbsent(table, name -> ascii(" " + name + "="));
        }

        private void number(ByteBuffer to, long number) {
            int at = digits.length;
            long rest = number;
            do {
                digits[--at] = (byte) ('0' + rest % 10);
                rest /= 10;
            } while (rest > 0);
            to.put(digits, at, digits.length - at);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        if (!storeId.isEmpty()) {
            reached(CLOSED, 1);
            write();
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing the mark", e);
        }
    }
}
