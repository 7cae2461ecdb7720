package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of rules, which their priorities make. */
final class RuleOrder {

    private static final int STEP = 10;

    private RuleOrder() {}

    /**
     * Returns the rules whose priorities have to change so that an order holds, as few as possible: those that stand in
     * their order keep their numbers, and the others get numbers between. If there is no room, all are numbered anew.
     */
    static List<Rule> changed(List<Rule> order, Instant now) {
        int[] fitted = fitted(order, kept(order));
        int step = Math.max(1, Math.min(STEP, RuleFields.MAX_PRIORITY / Math.max(1, order.size())));
        List<Rule> changed = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            int priority = fitted == null ? (i + 1) * step : fitted[i];
            if (order.get(i).priority() != priority) {
                changed.add(order.get(i).with(priority, now));
            }
        }
        return changed;
    }

    /** Returns the places of the longest row of rules that stand in their order already. */
    private static BitSet kept(List<Rule> order) {
        int[] ends = new int[order.size()]; // of the rows of each length, the one that ends earliest
        int[] before = new int[order.size()];
        int longest = 0;
        for (int i = 0; i < order.size(); i++) {
            int low = 0;
            int high = longest;
            while (low < high) {
                int middle = (low + high) / 2;
                if (Rule.ORDER.compare(order.get(ends[middle]), order.get(i)) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : ends[low - 1];
            ends[low] = i;
            longest = Math.max(longest, low + 1);
        }
        BitSet kept = new BitSet();
        for (int i = longest == 0 ? -1 : ends[longest - 1]; i >= 0; i = before[i]) {
            kept.set(i);
        }
        return kept;
    }

    /** Returns a priority for each, of which those that are kept stay; null if there is no room between. */
    private static int @Nullable [] fitted(List<Rule> order, BitSet kept) {
        int[] fitted = new int[order.size()];
        int end;
        for (int at = 0; at < fitted.length; at = end + 1) {
            end = kept.nextSetBit(at);
            int behind = end < 0 ? fitted.length : end;
            int room = behind - at + 1;
            long last = end < 0 ? 0 : order.get(end).priority();
            long first = at == 0 ? last - (long) STEP * room : fitted[at - 1];
            last = end < 0 ? first + (long) STEP * room : last;
            for (int i = at; i < behind; i++) {
                long between = first + (last - first) * (i - at + 1) / room;
                if (last - first < room || Math.abs(between) > RuleFields.MAX_PRIORITY) {
                    return null;
                }
                fitted[i] = (int) between;
            }
            if (end < 0) {
                return fitted;
            }
            fitted[end] = (int) last;
        }
        return fitted;
    }
}
