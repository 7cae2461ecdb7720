package com.mobileapiconnect.bridge.portal;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The page that shows all at once: phones, the messages of a day, targets; or the way to the first SMS. */
@Component
class HomePage implements PortalPage {

    /** So many phones and targets are looked at, and so many shown: those first that want somebody. */
    private static final String LOOKED_AT = "50";

    private static final int SHOWN = 8;
    private static final int NEWEST = 6;

    private final Sparks sparks;

    HomePage(Sparks sparks) {
        this.sparks = sparks;
    }

    @Override
    public Place place() {
        return Place.HOME;
    }

    record Latency(long p50Ms, long p95Ms) {}

    record Total(
            long received,
            long delivered,
            long failed,
            long skipped,
            long waiting,
            @Nullable Latency latency) {}

    record Stats(String until, Total total, List<Hours.Counted> hours) {}

    /** The steps to the first delivered SMS, and whether each is done. */
    record Steps(boolean phone, boolean target, boolean message, boolean delivered) {

        boolean done() {
            return phone && target && message && delivered;
        }
    }

    /**
     * A target with its day.
     *
     * @param failed whether a delivery to it is failed now, and not only was on that day
     */
    record Goal(Lane lane, Hours day, boolean failed) {}

    /**
     * All that the page shows.
     *
     * @param failed whether a delivery is failed now: those that failed may have been sent again since
     * @param first  whether an SMS has been delivered just now, and none before
     */
    record Seen(
            Total total,
            boolean failed,
            Hours day,
            List<ShownPhone> phones,
            List<Goal> targets,
            List<ShownMessage> messages,
            Steps steps,
            boolean first) {

        /** Returns what changes when an SMS comes in. */
        String cameIn() {
            return messages.isEmpty() ? "" : messages.get(0).id();
        }

        /** Returns what changes when one goes out. */
        String wentOut() {
            return deliveries(messages)
                    .map(ShownDelivery::finishedAt)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse("");
        }
    }

    @Override
    public Reply show(Visit visit) {
        if (visit.byOperator()) {
            return Reply.page("nav.home", "operator", Boolean.TRUE);
        }
        List<ShownPhone> phones = some(visit, "/v1/devices", LOOKED_AT).list(ShownPhone.class);
        List<Lane> targets = some(visit, "/v1/targets", LOOKED_AT).list(Lane.class);
        List<ShownMessage> messages =
                some(visit, "/v1/messages", Integer.toString(NEWEST)).list(ShownMessage.class);
        long delivered = messages.stream()
                .filter(each -> !each.of(Fate.DELIVERED).isEmpty())
                .count();
        Steps steps = new Steps(
                !phones.isEmpty(),
                targets.stream()
                        .anyMatch(
                                each -> each.enabled() && !each.target().type().equals("operations")),
                !messages.isEmpty(),
                delivered > 0 || messages.size() == NEWEST);
        Stats stats = visit.get("/v1/stats").as(Stats.class);
        return Reply.page(
                "nav.home",
                "home",
                new Seen(
                        stats.total(),
                        stats.total().failed() > 0 && isFailedNow(visit, ""),
                        Hours.of(stats.hours(), stats.until()),
                        phones.stream()
                                .sorted(Comparator.comparing(
                                        phone -> !phone.state().equals("silent")))
                                .limit(SHOWN)
                                .toList(),
                        goals(visit, targets),
                        messages,
                        steps,
                        delivered == 1 && messages.size() < NEWEST));
    }

    private List<Goal> goals(Visit visit, List<Lane> targets) {
        return targets.stream()
                .filter(lane -> !lane.target().type().equals("reply"))
                .sorted(Comparator.comparing(Lane::fate))
                .limit(SHOWN)
                .map(lane -> goal(visit, lane))
                .toList();
    }

    private Goal goal(Visit visit, Lane lane) {
        Hours day = sparks.of(visit, lane.id());
        return new Goal(lane, day, day.down() > 0 && isFailedNow(visit, lane.id()));
    }

    /** @param target empty for any */
    private static boolean isFailedNow(Visit visit, String target) {
        Call call = Call.get("/v1/deliveries").with("status", "failed").with("target", target);
        return !visit.call(call.with("limit", "1")).list(ShownDelivery.class).isEmpty();
    }

    private static Stream<ShownDelivery> deliveries(List<ShownMessage> messages) {
        return messages.stream().flatMap(message -> message.deliveries().stream());
    }

    private static Answer some(Visit visit, String path, String limit) {
        return visit.call(Call.get(path).with("limit", limit));
    }
}
