package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.fuzz.Fuzz;
import com.mobileapiconnect.bridge.fuzz.FuzzRequests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The long form of {@link Fuzz}, against a bridge that runs on its own. */
final class FuzzRun {

    private FuzzRun() {}

    /**
     * Fuzzes a running bridge, and exits 1 on any fault of its or if it grew:
     * {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.FuzzRun --url http://127.0.0.1:8080
     * --api-key sk_live_… --operator-key sk_operator_… --pid 123 --requests 100000 --seed 1}
     * ({@code --contract src/main/resources/openapi/openapi.yaml}; with {@code --pid}, of a bridge on this machine and
     * Java, its heap after a collection, threads and open files are compared before and after). What the run makes
     * of good requests stays: use a bridge of its own.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.parse(args, "url", "api-key", "operator-key", "pid", "requests", "seed", "contract");
        URI url = URI.create(options.required("url"));
        Bridge bridge = new Bridge(url, options.required("api-key"), null);
        List<String> keys =
                List.of(bridge.addDevice("fuzz"), options.required("api-key"), options.required("operator-key"));
        String contract =
                Files.readString(Path.of(options.text("contract").orElse("src/main/resources/openapi/openapi.yaml")));
        Optional<Footprint.Probe> probe = options.text("pid").map(Footprint.Probe::new);
        Fuzz fuzz = new Fuzz(url);
        FuzzRequests requests = Fuzz.requests((long) options.number("seed", 1), contract, keys);
        long count = (long) options.number("requests", 100_000);
        fuzz.send(requests, count / 10); // what every first request makes once is no growth
        Optional<Footprint> before = probe.map(Footprint.Probe::take);
        fuzz.send(requests, count - count / 10);
        Thread.sleep(25_000); // longer than any connection is waited for
        Optional<Footprint> after = probe.map(Footprint.Probe::take);
        System.out.println(fuzz.statuses());
        before.ifPresent(footprint -> System.out.println("before  " + footprint));
        after.ifPresent(footprint -> System.out.println("after   " + footprint));
        fuzz.faults().forEach(System.out::println);
        boolean grew = before.isPresent() && after.isPresent() && after.get().grewFrom(before.get());
        System.out.println(fuzz.faults().isEmpty() && !grew ? "PASS" : "FAIL");
        System.exit(fuzz.faults().isEmpty() && !grew ? 0 : 1);
    }
}
