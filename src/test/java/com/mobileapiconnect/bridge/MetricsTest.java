package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/metrics.md to the running bridge, in both directions: names as Prometheus sees them, and their tags. */
class MetricsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(bridge_\\w+)` \\|([^|]*)\\|");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (bridge_\\w+) (\\w+)$");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"");

    @TempDir
    Path data;

    @Test
    void everyMetricOfTheBridgeIsListedWithItsTagsAndNoOther() throws Exception {
        Map<String, Set<String>> listed = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/metrics.md")));
        while (rows.find()) {
            listed.put(rows.group(1), tags(Pattern.compile("`(\\w+)`").matcher(rows.group(2))));
        }

        try (RunningBridge bridge = RunningBridge.start(data)) {
            bridge.tenant()
                    .put("/v1/webhooks", "{\"url\":\"http://127.0.0.1:1/\",\"enabled\":false}")
                    .expect(200);
            bridge.phone()
                    .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}")
                    .expect(202);

            bridge.runScheduled();
            eventually(() -> assertThat(served(bridge)).isEqualTo(listed));
        }
    }

    private static Map<String, Set<String>> served(RunningBridge bridge) {
        String metrics =
                bridge.operator().get("/actuator/prometheus").expect(200).text();
        Map<String, Set<String>> served = new TreeMap<>();
        for (MatchResult type : TYPE.matcher(metrics).results().toList()) {
            String name = type.group(1);
            Matcher sample = Pattern.compile("(?m)^" + name + "(?:_count)?(?:\\{(.*)})? ")
                    .matcher(metrics);
            served.put(name, sample.find() && sample.group(1) != null ? tags(TAG.matcher(sample.group(1))) : Set.of());
        }
        // Comes with each time and summary.
        served.keySet().removeIf(name -> name.endsWith("_max") && served.containsKey(name.replaceAll("_max$", "")));
        return served;
    }

    private static Set<String> tags(Matcher matcher) {
        Set<String> tags = new TreeSet<>();
        while (matcher.find()) {
            tags.add(matcher.group(1));
        }
        return tags;
    }
}
