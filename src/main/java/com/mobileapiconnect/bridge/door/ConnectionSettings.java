package com.mobileapiconnect.bridge.door;

import com.mobileapiconnect.bridge.setting.Bounds;
import com.mobileapiconnect.bridge.setting.OpenFiles;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param most           connections of callers at once; 0: what fits into a quarter of the heap and the open files
 * @param perAddress     connections from one address (of IPv6: from one /64); 0: nine in ten of all
 * @param arriving       requests at once that have begun and are not complete; half of them from one address; 0: what
 *                       fits into an eighth of the heap
 * @param turns          requests worked on at once, over all doors; 0: as many as the server has threads, or, where
 *                       threads are virtual, 200 to 1,000 by the heap
 * @param patience       time for the head of a request to arrive; and for all answers of a connection to be read, on
 *                       top of what their size takes at 4 KiB/s
 * @param trustedProxies networks of reverse proxies: their connections have no share to keep to, and the addresses that
 *                       they forward are believed
 */
@ConfigurationProperties("bridge.connection")
record ConnectionSettings(
        @Bounds(least = "0", most = "10000000") int most,
        @Bounds(least = "0", most = "10000000") int perAddress,
        @Bounds(least = "0", most = "10000000") int arriving,
        @Bounds(least = "8", most = "100000", orZero = true) int turns,
        @Bounds(least = "PT1S", most = "PT10M") Duration patience,
        List<String> trustedProxies) {

    /** Memory of an idle connection, measured as 3.8 KB. */
    private static final long CONNECTION_BYTES = 4_096;
    /** Memory of a request that has begun, measured as 70 KB. */
    private static final long REQUEST_BYTES = 80_000;
    /** Memory that a request takes while it is answered, generously. */
    private static final long TURN_BYTES = 1_000_000;

    private static final int FEWEST = 200;
    private static final int MOST_TURNS = 1_000;

    int mostConnections() {
        return most > 0
                ? most
                : (int) Math.max(FEWEST, Math.min(heap() / 4 / CONNECTION_BYTES, OpenFiles.forCallers()));
    }

    int mostOfOneAddress() {
        return perAddress > 0 ? perAddress : Math.max(1, mostConnections() / 10 * 9);
    }

    int mostArriving() {
        return arriving > 0
                ? arriving
                : (int) Math.max(FEWEST, Math.min(heap() / 8 / REQUEST_BYTES, Integer.MAX_VALUE));
    }

    /** @param threads of the server; 0: virtual ones */
    int allTurns(int threads) {
        int asSet = turns > 0 ? turns : (int) Math.max(FEWEST, Math.min(heap() / TURN_BYTES, MOST_TURNS));
        return threads > 0 ? Math.min(turns > 0 ? turns : threads, threads) : asSet;
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory();
    }
}
