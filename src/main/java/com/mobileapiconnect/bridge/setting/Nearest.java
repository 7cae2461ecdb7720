package com.mobileapiconnect.bridge.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody meant who wrote another one. */
public final class Nearest {

    private static final int LONGEST = 200;
    private static final int FEWEST_LETTERS = 10;

    private Nearest() {}

    /**
     * Returns a name that begins with the other or is its beginning, otherwise the one with the fewest letters to change;
     * empty if more than a third of it would have to change.
     */
    public static Optional<String> to(String written, Collection<String> names) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        return names.stream()
                .min(Comparator.<String, Boolean>comparing(name -> !begins(written, name))
                        .thenComparing(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> begins(written, name)
                        || 3 * distance(written, name) <= Math.max(written.length(), name.length()));
    }

    private static boolean begins(String one, String other) {
        String a = letters(one);
        String b = letters(other);
        return Math.min(a.length(), b.length()) >= FEWEST_LETTERS && (a.startsWith(b) || b.startsWith(a));
    }

    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns how many letters have to be inserted, removed, replaced, or exchanged with the next one. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] above = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + cost, 1 + Math.min(above[j], row[j - 1]));
                boolean exchanged = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (exchanged) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = above;
            above = row;
            row = free;
        }
        return above[other.length()];
    }
}
