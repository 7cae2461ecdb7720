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
import javax.management.ObjectName;
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
            // long enough that no call is repeated because the machine was held up
            bridge.tenant().connection(receiver.url("/erp"), "\"redelivery\":{\"timeout\":\"PT30S\"}");
            Api operator = bridge.operator();
            SteadyLoad load = SteadyLoad.begin(bridge.phone(), receiver, "/erp", 50);
            swap(operator, 0, WARMING);
            settle();
            int threads = threads();
            long classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
            long parts = partsOfCamel();

            swap(operator, WARMING, SWAPS);

            SteadyLoad.Outcome outcome = load.end(30);
            settle();
            assertThat(outcome.refusals()).isEmpty();
            assertThat(outcome.lost()).isEmpty();
            assertThat(outcome.doubled()).isEmpty();
            assertThat(outcome.accepted()).isGreaterThan(20);
            within(20, () -> assertThat(threads()).isLessThanOrEqualTo(threads + 2));
            assertThat(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount())
                    .isLessThan((int) classes + 200);
            within(20, () -> assertThat(partsOfCamel()).isLessThanOrEqualTo(parts + 5));
        }
    }

    /** Returns how many contexts, and executors that threads remember, are reachable. */
    private static long partsOfCamel() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3
                        && List.of(
                                        "org.apache.camel.impl.DefaultCamelContext",
                                        "org.apache.camel.impl.engine.DefaultReactiveExecutor")
                                .contains(columns[3]))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
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

    /** Counts the threads that a version may have of its own; the pools that start and drain versions are bounded. */
    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("Camel") || name.startsWith("route"))
                .filter(name -> !List.of("route-start", "route-drain").contains(name))
                .count();
    }
}
