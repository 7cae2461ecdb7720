package com.mobileapiconnect.bridge.rule;

import java.util.Locale;

/**
 * The work that conditions may do for one message. A step is one instruction of a regular expression at one character,
 * or what takes as long: a few dozen nanoseconds at most.
 *
 * @param steps for a tenant's rules, and once more for the conditions of its connections
 */
public record Budget(long steps) {

    /** Enough for anything: for conditions that the operator wrote. */
    public static final Budget UNBOUNDED = new Budget(Long.MAX_VALUE);

    /**
     * Says that a condition costs too much; completes a sentence that begins with the condition's field.
     *
     * @param own steps of the condition for a text of 10,000 characters
     * @param all steps of all conditions that share the budget
     */
    public String exceededBy(long own, long all) {
        return String.format(
                Locale.ROOT,
                "costs %,d steps for a text of 10,000 characters, with all others %,d, and the budget is %,d: use fewer or"
                        + " simpler expressions, or some that need a word",
                own,
                all,
                steps);
    }
}
