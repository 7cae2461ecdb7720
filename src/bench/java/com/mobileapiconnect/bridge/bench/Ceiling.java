package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.net.URI;

/** How fast the load generator is against a server that does nothing: what it can show of a bridge at most. */
final class Ceiling {

    private static final String TOKEN = "dvt_00000000000000000000000000000000";

    private long count;

    private Ceiling() {}

    /** Closed loop, whatever rate the bridge is loaded with. */
    static Result measure(int connections, double warmup, double seconds) throws IOException {
        Ceiling ceiling = new Ceiling();
        try (HttpServer server = HttpServer.start(0, "ceiling", (request, now) -> ceiling.accept());
                Load load = new Load(URI.create("http://127.0.0.1:" + server.port()), TOKEN, connections)) {
            load.run(Phase.seconds("warm-up", warmup, 0));
            return load.run(Phase.seconds("ceiling", seconds, 0));
        }
    }

    private Reply accept() {
        count++;
        return Reply.of(202, "{\"messages\":[{\"id\":\"msg_" + count + "\",\"phoneId\":null,\"duplicate\":false}]}", 0);
    }

    /**
     * Measures the generator's own limit on this machine:
     * {@code java -cp target/test-classes com.mobileapiconnect.bridge.bench.Ceiling --connections 64 --seconds 5}.
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args, "connections", "warmup", "seconds");
        Result result = measure(
                (int) options.number("connections", 64), options.number("warmup", 3), options.number("seconds", 5));
        System.out.println(Result.HEADING);
        System.out.println(result);
    }
}
