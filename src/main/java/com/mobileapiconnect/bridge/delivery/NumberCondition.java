package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Numbers;
import java.util.Map;
import java.util.Set;

/**
 * The SQL condition that a row is about a phone number, in whatever spelling.
 *
 * @param name distinguishes its parameters from others of the statement
 */
public record NumberCondition(Numbers number, String name) {

    private static final String NATIONAL = """
            (%1$s_key in (:%3$sKeys) or (%1$s_key in (:%3$sNational) and %1$s not like '%%+%%'
              and (%2$s is null or %2$s in (:%3$sRegions))))""";

    /**
     * @param spelling the column that holds the number as it was written; its key is in the column beside it
     * @param region   the column that says in which region it was read; null there fits every region
     */
    public String on(String spelling, String region) {
        return number.national().isEmpty()
                ? "%s_key in (:%sKeys)".formatted(spelling, name)
                : NATIONAL.formatted(spelling, region, name);
    }

    public Map<String, Set<String>> params() {
        return number.national().isEmpty()
                ? Map.of(name + "Keys", number.keys())
                : Map.of(
                        name + "Keys", number.keys(),
                        name + "National", number.national(),
                        name + "Regions", number.regions());
    }
}
