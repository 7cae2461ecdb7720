package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SteadyLoad;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of all routes replace each other while messages come; the long form is the bench's {@code Swaps}. */
class SwapsTest {

    private static final int WARMING = 12;
    private static final int SWAPS = 30;

    @TempDir
    Path directory;

    @Test
    void swapsInARowUnderLoadLoseAndDoubleNothingAndLeaveNothingBehind() throws Exception {
        try (RunningBridge bridge = RunningBridge.start(
                        directory.resolve("data"),
                        "bridge.routes.dir=" + Files.createDirectory(directory.resolve("routes")));
                Receiver receiver = new Receiver()) {
            bridge.tenant().connection(receiver.url("/erp"), "");
            Api operator = bridge.operator();
            SteadyLoad load = SteadyLoad.begin(bridge.phone(), receiver, "/erp", 50);
            swap(operator, 0, WARMING);
            settle();
            int threads = threads();
            long classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();

            swap(operator, WARMING, SWAPS);

            SteadyLoad.Outcome outcome = load.end(30);
            settle();
            assertThat(outcome.refusals()).isEmpty();
            assertThat(outcome.lost()).isEmpty();
            assertThat(outcome.doubled()).isEmpty();
            assertThat(outcome.accepted()).isGreaterThan(20);
            assertThat(threads()).isLessThanOrEqualTo(threads + 10);
            assertThat(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount())
                    .isLessThan((int) classes + 200);
        }
    }

    private static void swap(Api operator, int from, int number) {
        for (int i = from; i < from + number; i++) {
            for (String name : List.of("deliver", "intake", "accept").subList(i % 3, i % 3 + 1)) {
                operator.put("/v1/routes/" + name, Versions.of(name, i)).expect(200);
            }
        }
    }

    /** Lets the old versions go. */
    private static void settle() {
        within(20, () -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("route-drain"))
                .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("Camel") || thread.getName().startsWith("route"))
                .count();
    }
}
