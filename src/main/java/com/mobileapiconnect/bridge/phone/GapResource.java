package com.mobileapiconnect.bridge.phone;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.ArrivedCaptures;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Heartbeat;
import com.mobileapiconnect.bridge.device.SignsOfLife;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Lists the numbers that are missing in a phone's own counting of its captures. */
@RestController
class GapResource {

    /** Numbers that are looked at, the last ones. */
    private static final int MOST = 5_000;

    private final Devices devices;
    private final SignsOfLife signs;
    private final Store store;

    GapResource(Devices devices, SignsOfLife signs, Store store) {
        this.devices = devices;
        this.signs = signs;
        this.store = store;
    }

    /** Numbers in a row, both ends included. */
    record Gap(int from, int to) {}

    /**
     * @param from the first number that was looked at; null if the phone counts nothing, or nothing new yet
     * @param to   the last one: what waits on the phone is not missing
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Gaps(@Nullable Integer from, @Nullable Integer to, List<Gap> missing) {}

    @GetMapping("/v1/devices/{id}/gaps")
    @OpenTo(Scope.DEVICES)
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    Gaps gaps(Caller.OfTenant caller, @PathVariable String id) {
        Device device = devices.find(id)
                .filter(each -> each.tenantId().equals(caller.tenantId()))
                .orElseThrow(() -> Problem.notFound("device " + id));
        SignsOfLife.Sign sign = signs.of(device);
        Heartbeat beat = sign == null ? null : sign.heartbeat();
        if (beat == null || beat.lastNumber() == null || beat.countedFrom() == null) {
            return new Gaps(null, null, List.of());
        }
        int to = beat.lastNumber() - (beat.pending() == null ? 0 : beat.pending());
        int from = Math.max(beat.countedFrom() + 1, to - MOST + 1);
        return from > to ? new Gaps(null, null, List.of()) : new Gaps(from, to, missing(device, from, to));
    }

    private List<Gap> missing(Device device, int from, int to) {
        List<String> numbers =
                IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
        Set<String> arrived = store.read(sql -> ArrivedCaptures.of(sql, device.id(), numbers));
        List<Gap> gaps = new ArrayList<>();
        for (int n = from; n <= to; n++) {
            if (!arrived.contains(Integer.toString(n))) {
                int first = n;
                while (n < to && !arrived.contains(Integer.toString(n + 1))) {
                    n++;
                }
                gaps.add(new Gap(first, n));
            }
        }
        return gaps;
    }
}
