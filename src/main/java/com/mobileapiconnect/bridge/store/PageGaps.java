package com.mobileapiconnect.bridge.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The unused parts of a SQLite page with rows. When rows move to another page, their bytes stay behind in the gap;
 * secure_delete overwrites only what is deleted. See "B-tree Pages" in SQLite's description of its file format.
 */
final class PageGaps {

    private static final int INTERIOR_INDEX = 2;
    private static final int INTERIOR_TABLE = 5;
    private static final int LEAF_INDEX = 10;
    private static final int LEAF_TABLE = 13;
    /** A free block begins with the place of the next one, and with its own size. */
    private static final int BLOCK_HEADER = 4;

    private PageGaps() {}

    /** @param end the first byte behind it */
    record Gap(int begin, int end) {}

    /**
     * Returns the unused parts that are not all zero. A page that is not exactly as described has none, so that nothing
     * of it is changed.
     *
     * @param usable size of the page without what is reserved at its end
     */
    static List<Gap> remains(byte[] page, int usable) {
        int type = page[0];
        boolean interior = type == INTERIOR_INDEX || type == INTERIOR_TABLE;
        if (!interior && type != LEAF_INDEX && type != LEAF_TABLE) {
            return List.of();
        }
        int header = interior ? 12 : 8;
        int cells = number(page, 3);
        int content = number(page, 5) == 0 ? 1 << 16 : number(page, 5);
        int pointersEnd = header + 2 * cells;
        if (pointersEnd > content || content > usable || !pointTo(page, header, cells, content, usable)) {
            return List.of();
        }
        List<Gap> gaps = new ArrayList<>();
        gaps.add(new Gap(pointersEnd, content));
        int block = number(page, 1);
        for (int lowest = content; block != 0; block = number(page, block)) {
            if (block < lowest || block + BLOCK_HEADER > usable) {
                return List.of();
            }
            int end = block + number(page, block + 2);
            if (end < block + BLOCK_HEADER || end > usable) {
                return List.of();
            }
            gaps.add(new Gap(block + BLOCK_HEADER, end));
            lowest = end;
        }
        gaps.removeIf(gap -> isZero(page, gap));
        return gaps;
    }

    private static boolean pointTo(byte[] page, int header, int cells, int content, int usable) {
        for (int i = 0; i < cells; i++) {
            int cell = number(page, header + 2 * i);
            if (cell < content || cell >= usable) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] page, Gap gap) {
        for (int i = gap.begin(); i < gap.end(); i++) {
            if (page[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] page, int at) {
        return (page[at] & 0xff) << 8 | (page[at + 1] & 0xff);
    }
}
