package com.mobileapiconnect.bridge.rule;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds many parts in a text at once (Aho and Corasick, 1975). Nodes are numbered level by level, so that the children
 * of a node are neighbours and a node takes a few numbers in flat arrays. A node with many children has a row that
 * gives the next node for each character. Such nodes are mostly near the root, where most of the time is spent.
 */
final class Automaton {

    private static final int ASCII = 128;
    private static final int SHORT_SEARCH = 4;
    /** The largest number of places in a row for each child. */
    private static final int SPARSEST = 8;

    private static final int NO_ROW = 0x0001_0000; // from 1 to 0: an empty range of characters
    private static final int[] NO_ROWS_YET = {};

    private final char[] labels;
    private final int[] firstChild;
    private final int[] fail;
    /** The next node on the failure path at which a part ends; 0 if there is none. */
    private final int[] nextEnd;

    private final int[] @Nullable [] anywhere;
    private final int[] @Nullable [] atStart;
    private final boolean scans;
    private final int[] rootChildren = new int[ASCII];
    /**
     * Two numbers for each node: the first and last character of its row, and the index at which the row would begin if
     * its first character were 0.
     */
    private final int[] row;

    private final int[] rows;

    /** Receives the numbers filed under each part that is found, perhaps repeatedly. */
    interface Found {
        void add(int[] numbers);
    }

    /**
     * @param anywhere parts that are found at any position, with the numbers filed under each; no part is empty
     * @param atStart  parts that are found only at the beginning
     */
    Automaton(Map<String, int[]> anywhere, Map<String, int[]> atStart) {
        String[] parts = distinct(anywhere, atStart);
        int most = 1 + Arrays.stream(parts).mapToInt(String::length).sum();
        char[] label = new char[most];
        int[] first = new int[most + 1];
        int[] from = new int[most];
        int[] to = new int[most];
        int[] depth = new int[most];
        to[0] = parts.length;
        int nodes = 1;
        for (int node = 0; node < nodes; node++) {
            first[node] = nodes;
            int i = from[node];
            while (i < to[node] && parts[i].length() == depth[node]) {
                i++;
            }
            while (i < to[node]) {
                char c = parts[i].charAt(depth[node]);
                int begin = i;
                while (i < to[node] && parts[i].charAt(depth[node]) == c) {
                    i++;
                }
                label[nodes] = c;
                from[nodes] = begin;
                to[nodes] = i;
                depth[nodes] = depth[node] + 1;
                nodes++;
            }
        }
        first[nodes] = nodes;
        this.labels = Arrays.copyOf(label, nodes);
        this.firstChild = Arrays.copyOf(first, nodes + 1);
        this.anywhere = new int[nodes][];
        this.atStart = new int[nodes][];
        for (int node = 1; node < nodes; node++) {
            String part = parts[from[node]];
            if (part.length() == depth[node]) {
                this.anywhere[node] = anywhere.get(part);
                this.atStart[node] = atStart.get(part);
            }
        }
        this.scans = !anywhere.isEmpty();
        this.fail = new int[nodes];
        this.nextEnd = new int[nodes];
        this.row = new int[2 * nodes];
        for (int node = 0; node < nodes; node++) {
            row[2 * node] = NO_ROW;
        }
        fillRoot();
        link(nodes);
        this.rows = makeRows(nodes);
    }

    private static String[] distinct(Map<String, int[]> anywhere, Map<String, int[]> atStart) {
        return List.of(anywhere, atStart).stream()
                .flatMap(map -> map.keySet().stream())
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    private void fillRoot() {
        for (int child = firstChild[0]; child < firstChild[1]; child++) {
            if (labels[child] < ASCII) {
                rootChildren[labels[child]] = child;
            }
        }
    }

    private void link(int nodes) {
        for (int node = 0; node < nodes; node++) {
            for (int child = firstChild[node]; child < firstChild[node + 1]; child++) {
                fail[child] = node == 0 ? 0 : resolve(fail[node], labels[child], NO_ROWS_YET);
                int end = fail[child];
                nextEnd[child] = anywhere[end] != null ? end : nextEnd[end];
            }
        }
    }

    /** Makes the rows level by level. A character without a child leads to where the failure node leads for it. */
    private int[] makeRows(int nodes) {
        int[] made = new int[0];
        int size = 0;
        for (int node = 1; node < nodes; node++) {
            int from = firstChild[node];
            int to = firstChild[node + 1];
            int width = from == to ? 0 : labels[to - 1] - labels[from] + 1;
            if (to - from > SHORT_SEARCH && width <= SPARSEST * (to - from)) {
                if (size + width > made.length) {
                    made = Arrays.copyOf(made, Math.max(size + width, 2 * size));
                }
                for (int i = 0; i < width; i++) {
                    char c = (char) (labels[from] + i);
                    int child = child(node, c);
                    made[size + i] = child != 0 ? child : resolve(fail[node], c, made);
                }
                row[2 * node] = labels[from] << 16 | labels[to - 1];
                row[2 * node + 1] = size - labels[from];
                size += width;
            }
        }
        return Arrays.copyOf(made, size);
    }

    void find(String text, Found found) {
        if (scans) {
            scan(text, found);
        }
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            node = child(node, text.charAt(i));
            if (node == 0) {
                return;
            }
            int[] numbers = atStart[node];
            if (numbers != null) {
                found.add(numbers);
            }
        }
    }

    private void scan(String text, Found found) {
        BitSet seen = null;
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            node = step(node, text.charAt(i));
            int end = anywhere[node] != null ? node : nextEnd[node];
            while (end != 0) {
                seen = seen == null ? new BitSet() : seen;
                if (seen.get(end)) {
                    break; // then all that follows it has been seen too
                }
                seen.set(end);
                int[] numbers = anywhere[end];
                if (numbers != null) {
                    found.add(numbers);
                }
                end = nextEnd[end];
            }
        }
    }

    private int step(int from, char c) {
        return resolve(from, c, rows);
    }

    private int resolve(int from, char c, int[] table) {
        int node = from;
        while (true) {
            int span = row[2 * node];
            if (c >= span >>> 16 && c <= (span & 0xffff)) {
                return table[row[2 * node + 1] + c];
            }
            int next = child(node, c);
            if (next != 0 || node == 0) {
                return next;
            }
            node = fail[node];
        }
    }

    /** Returns the child for a character, or 0 if there is none: the root is never a child. */
    private int child(int node, char c) {
        if (node == 0 && c < ASCII) {
            return rootChildren[c];
        }
        int from = firstChild[node];
        int to = firstChild[node + 1];
        if (to - from > SHORT_SEARCH) {
            int found = Arrays.binarySearch(labels, from, to, c);
            return Math.max(found, 0);
        }
        for (int i = from; i < to; i++) {
            if (labels[i] == c) {
                return i;
            }
        }
        return 0;
    }
}
