package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;

/** What each Camel component costs the first time that a route or a connection uses it: time, processor and classes. */
final class Components {

    /** An endpoint of each, of which a producer is made; nothing is called. */
    private static final Map<String, String> ENDPOINTS = new LinkedHashMap<>();

    static {
        ENDPOINTS.put("direct", "direct:a");
        ENDPOINTS.put("seda", "seda:a");
        ENDPOINTS.put("log", "log:a");
        ENDPOINTS.put("bean", "class:java.lang.Object?method=toString");
        ENDPOINTS.put("http", "http://127.0.0.1:9/a");
        ENDPOINTS.put("mail", "smtp://127.0.0.1:9");
        ENDPOINTS.put("sql", "sql:select 1?dataSource=#class:org.sqlite.SQLiteDataSource");
        ENDPOINTS.put("kafka", "kafka:a?brokers=127.0.0.1:9");
        ENDPOINTS.put("olingo4", "olingo4://create/A?serviceUri=http://127.0.0.1:9/&contentType=application/json");
    }

    private Components() {}

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.Components}: a process of its
     * own for each component, because only the first use costs.
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 1) {
            System.out.println(cost(args[0]));
            return;
        }
        for (String component : ENDPOINTS.keySet()) {
            System.out.printf("%-8s %s%n", component, inAProcessOfItsOwn(component));
        }
    }

    private static String inAProcessOfItsOwn(String component) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Components.class.getName(),
                        component)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String[] lines = said.strip().split("\n");
        return lines[lines.length - 1];
    }

    private static String cost(String component) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            long loaded = classes.getTotalLoadedClassCount();
            long processor = threads.getCurrentThreadCpuTime();
            long begun = System.nanoTime();
            Endpoint endpoint = camel.getEndpoint(ENDPOINTS.get(component));
            String end = "";
            try {
                endpoint.createProducer().start();
            } catch (Exception e) {
                end = ", then " + e;
            }
            return "%4.0f ms, %4.0f ms of the processor without compilers, %5d classes%s"
                    .formatted(
                            (System.nanoTime() - begun) / 1e6,
                            (threads.getCurrentThreadCpuTime() - processor) / 1e6,
                            classes.getTotalLoadedClassCount() - loaded,
                            end);
        }
    }
}
