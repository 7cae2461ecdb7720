package com.mobileapiconnect.bridge.portal;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The order in which pages are drawn. Tenants come in turn, each for a moment at once; the longer the pages of a tenant
 * take, the longer it rests, and nobody else waits for it.
 */
final class LiveTurns {

    private static final long AT_ONCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int RESTS = 20;

    private final LongSupplier nanoTime;
    private final Map<String, Long> dueByTenant = new HashMap<>();
    private final Map<LiveId, Long> drawn = new HashMap<>();
    private long turn;

    LiveTurns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Draws some pages of each tenant that does not rest, first those that were drawn longest ago. */
    void take(Collection<LiveView> views, Consumer<LiveView> draw) {
        Map<String, List<LiveView>> byTenant =
                views.stream().collect(Collectors.groupingBy(view -> view.id().tenantId()));
        dueByTenant.keySet().retainAll(byTenant.keySet());
        drawn.keySet().retainAll(views.stream().map(LiveView::id).collect(Collectors.toSet()));
        byTenant.forEach((tenant, own) -> {
            long begun = nanoTime.getAsLong();
            if (begun - dueByTenant.getOrDefault(tenant, begun) >= 0) {
                long used = some(own, begun, draw);
                dueByTenant.put(tenant, nanoTime.getAsLong() + RESTS * used);
            }
        });
    }

    private long some(List<LiveView> own, long begun, Consumer<LiveView> draw) {
        List<LiveView> longestAgo = own.stream()
                .sorted(Comparator.comparing(view -> drawn.getOrDefault(view.id(), 0L)))
                .toList();
        long used = 0;
        for (LiveView view : longestAgo) {
            if (used >= AT_ONCE_NANOS) {
                break;
            }
            draw.accept(view);
            drawn.put(view.id(), ++turn);
            used = nanoTime.getAsLong() - begun;
        }
        return used;
    }
}
