package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.api.Versioned;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of routes as the API shows it.
 *
 * @param version   of the text that runs; 0 for the product's own
 * @param updatedAt null for the product's own
 * @param error     why the newest text does not run, with its place, or why nothing comes in although it does; null if all
 *                  is well
 */
record RouteView(
        String name,
        String source,
        String status,
        long version,
        @Nullable Instant updatedAt,
        @Nullable String error) implements Versioned {

    static RouteView of(LiveRoute route, ProductTexts product) {
        Cell cell = route.cell();
        RouteText text = route.text();
        List<RouteFault> failure = route.failure();
        boolean runs = cell != null ? cell.runs() : text != null && text.name().equals(ProductTexts.ERRORS);
        return new RouteView(
                route.name(),
                !product.names().contains(route.name())
                        ? "added"
                        : text == null || product.is(route.name(), text.text()) ? "product" : "edited",
                failure != null ? "failed" : runs ? "running" : "stopped",
                route.version(),
                route.updatedAt(),
                failure != null ? failure.get(0).said() : cell == null ? null : cell.fault());
    }
}
