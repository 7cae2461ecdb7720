package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.setting.Bounds;
import com.mobileapiconnect.bridge.store.Period;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The times for which rows are kept after they have ended.
 *
 * @param messages messages with their deliveries, once all of these have ended
 * @param attempts the log of calls
 * @param bodies   receivers' answers in that log
 * @param outgoing SMS to customers; the loop guard looks back a day
 * @param audit    the log of changes and who made them
 * @param jobs     long work that has ended
 * @param stats    the counts of what happened, by hour
 * @param every    the time between two runs, and from the start to the first one
 */
@ConfigurationProperties("bridge.retention")
record RetentionSettings(
        @Bounds(least = "PT10S", most = "P36525D") Duration messages,
        @Bounds(least = "PT1H", most = "P36525D") Duration attempts,
        @Bounds(least = "PT1H", most = "P36525D") Duration bodies,
        @Bounds(least = "P1D", most = "P36525D") Duration outgoing,
        @Bounds(least = "PT1H", most = "P36525D") Duration audit,
        @Bounds(least = "PT1H", most = "P36525D") Duration jobs,
        @Bounds(least = "P1D", most = "P36525D") Duration stats,
        @Bounds(least = "PT1S", most = "P1D") Duration every) {

    Duration of(Period period) {
        if (period.fixed()) {
            return period.atLeast();
        }
        Duration set = setting(period.name());
        return set.compareTo(period.atLeast()) < 0 ? period.atLeast() : set;
    }

    /** Returns whether this period removes anything that another period does not remove as early. */
    boolean ends(Period period) {
        String other = period.within();
        return other == null || of(period).compareTo(setting(other)) < 0;
    }

    private Duration setting(String name) {
        return switch (name) {
            case "messages" -> messages;
            case "attempts" -> attempts;
            case "bodies" -> bodies;
            case "outgoing" -> outgoing;
            case "audit" -> audit;
            case "jobs" -> jobs;
            case "stats" -> stats;
            default -> throw new IllegalArgumentException("There is no setting bridge.retention." + name);
        };
    }
}
