package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.stats.StatQueries;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows how much happened, by hour and target. */
@RestController
class StatsResource {

    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(92);

    private final Stats stats;
    private final Clock clock;

    StatsResource(Stats stats, Clock clock) {
        this.stats = stats;
        this.clock = clock;
    }

    /**
     * @param since  rounded down to a whole hour; a day before the end if left out
     * @param until  rounded up to a whole hour; the end of the present one if left out
     * @param target a single one, in place of all of the tenant
     */
    @GetMapping("/v1/stats")
    StatsView of(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String target) {
        Instant end = roundedUp(until == null ? clock.instant() : Times.parameter("until", until));
        Instant begin = since == null
                ? end.minus(USUAL)
                : Times.parameter("since", since).truncatedTo(ChronoUnit.HOURS);
        if (!begin.isBefore(end)) {
            throw Problem.invalid("since", "must be before until");
        } else if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
            throw Problem.invalid("since", "must be at most " + LONGEST.toDays() + " days before until");
        }
        StatQueries.Period period = new StatQueries.Period(begin, end);
        return target == null
                ? stats.ofTenant(caller.tenantId(), period, page)
                : stats.ofTarget(caller.tenantId(), target, period);
    }

    private static Instant roundedUp(Instant time) {
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(time) ? hour : hour.plus(StatQueries.HOUR);
    }
}
