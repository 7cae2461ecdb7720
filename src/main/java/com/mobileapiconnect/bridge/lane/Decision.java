package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The decision of a step about a delivery, in place of a sender's answer. */
interface Decision {

    /** The longest time that {@code outbox:retry} may ask for. */
    Duration LONGEST_WAIT = Duration.ofHours(24);

    /** A number of seconds, minutes, hours or days. */
    Pattern SHORT = Pattern.compile("(\\d{1,6})([smhd])");

    Evidence NO_CALL = new Evidence(null, null, null, null);

    Outcome of(Exchange exchange);

    /** @throws IllegalArgumentException if there is no such step, or it cannot have these options */
    static Decision named(String step, StepOptions options) {
        return switch (step) {
            case "skip" -> skip(options);
            case "reject" -> reject(options);
            case "retry" -> retry(options);
            case "done" -> done(options);
            default ->
                throw new IllegalArgumentException(
                        "outbox: begins a route with due, and has the steps send, skip, reject, retry and done, not "
                                + step);
        };
    }

    private static Decision skip(StepOptions options) {
        StepOptions.Value reason = options.take("reason", "by-route");
        return exchange -> new Outcome.Skipped(String.valueOf(reason.in(exchange)));
    }

    private static Decision reject(StepOptions options) {
        StepOptions.Value reason = options.take("reason", "A step of the route rejected it");
        return exchange -> new Outcome.Rejected(failure(reason, exchange));
    }

    private static Decision retry(StepOptions options) {
        StepOptions.Value after = options.take("after", null, Decision::duration);
        StepOptions.Value reason = options.take("reason", "A step of the route asked for another attempt");
        return exchange -> {
            String wait = after.in(exchange);
            return new Outcome.Retry(failure(reason, exchange), wait == null ? null : duration(wait));
        };
    }

    private static Decision done(StepOptions options) {
        StepOptions.Value id = options.take("externalId", null);
        StepOptions.Value url = options.take("externalUrl", null, Decision::requireUrl);
        return exchange ->
                new Outcome.Delivered(NO_CALL, false, Outcome.ExternalRecord.of(id.in(exchange), url.in(exchange)));
    }

    private static Evidence failure(StepOptions.Value reason, Exchange exchange) {
        return Evidence.failure(ErrorClass.ROUTE, String.valueOf(reason.in(exchange)));
    }

    private static void requireUrl(String url) {
        if (Outcome.ExternalRecord.url(url) == null) {
            throw new IllegalArgumentException("outbox:done needs a URL of http or https for externalUrl, not " + url);
        }
    }

    private static Duration duration(String text) {
        Duration duration = read(text.strip());
        if (duration == null || duration.isNegative() || duration.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(
                    "outbox:retry needs a time like 90s, 5m, 2h or PT5M for after, at most 24 hours, not " + text);
        }
        return duration;
    }

    private static @Nullable Duration read(String text) {
        Matcher found = SHORT.matcher(text);
        if (found.matches()) {
            int number = Integer.parseInt(found.group(1));
            return switch (found.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
