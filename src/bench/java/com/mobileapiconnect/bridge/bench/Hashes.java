package com.mobileapiconnect.bridge.bench;

import java.util.Arrays;

/**
 * A set of 64-bit hashes of ids, 11 to 22 bytes each: with ten million ids the chance that two share a hash is below
 * one in a hundred thousand. Not thread-safe.
 */
final class Hashes {

    private static final int PARTS = 256;
    private static final int FIRST_SLOTS = 1024;

    // In parts that grow one by one, so that no single growth stops the thread that measures.
    private final long[][] parts = new long[PARTS][FIRST_SLOTS];
    private final int[] used = new int[PARTS];
    private long size;

    /** The hash of an ASCII id; never 0, which marks a free slot. */
    static long of(byte[] bytes, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001b3L;
        }
        // FNV alone leaves the high bits poor, and they choose the part.
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }

    /** False when it was there already. */
    boolean add(long hash) {
        int part = part(hash);
        int slot = slot(parts[part], hash);
        if (parts[part][slot] == hash) {
            return false;
        }
        parts[part][slot] = hash;
        size++;
        if (++used[part] > parts[part].length / 4 * 3) {
            grow(part);
        }
        return true;
    }

    boolean contains(long hash) {
        long[] slots = parts[part(hash)];
        return slots[slot(slots, hash)] == hash;
    }

    long size() {
        return size;
    }

    /** How many of these the other set lacks. */
    long missingFrom(Hashes other) {
        return Arrays.stream(parts)
                .flatMapToLong(Arrays::stream)
                .filter(hash -> hash != 0 && !other.contains(hash))
                .count();
    }

    private static int part(long hash) {
        return (int) (hash >>> 56);
    }

    private static int slot(long[] slots, long hash) {
        int slot = (int) hash & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow(int part) {
        long[] slots = new long[parts[part].length * 2];
        for (long hash : parts[part]) {
            if (hash != 0) {
                slots[slot(slots, hash)] = hash;
            }
        }
        parts[part] = slots;
    }
}
