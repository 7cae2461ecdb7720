package com.mobileapiconnect.bridge.odata;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that may have been meant by one that there is not. */
final class LikeNames {

    private static final int MOST_NAMED = 10;

    private LikeNames() {}

    /** Returns names, the most like ones first. */
    static String names(String wanted, Collection<String> all) {
        int dot = wanted.lastIndexOf('.');
        String last = dot < 0 ? wanted : wanted.substring(dot + 1);
        List<String> nearest = all.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(last, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_NAMED)
                .toList();
        return nearest.isEmpty() ? "none" : String.join(", ", nearest) + (all.size() > MOST_NAMED ? " …" : "");
    }

    /** Returns how little two names have in common, in any case: 0 for equal ones. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int before = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = before + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
