package com.mobileapiconnect.bridge.bench.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.rule.When;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The expression that a backtracking engine never comes back from, on 10,000 characters. */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class RegexBenchmark {

    private static final int LENGTH = 10_000;

    /** What stands at the end: with {@code b} it does not match. */
    @Param({"a", "b"})
    private String end;

    private InboundMessage message;
    private When when;

    @Setup
    public void prepare() {
        String text = "a".repeat(LENGTH - 1) + end;
        message = new InboundMessage(
                "msg_1", "ten_1", "dev_1", null, "1", null, text, null, null, Instant.EPOCH, Flags.NONE);
        when = PredicateParser.parse(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("field", "text")
                                .put("op", "regex")
                                .put("value", "^(a+)+$"),
                        "when",
                        (field, problem) -> {})
                .orElseThrow();
    }

    @Benchmark
    public boolean nestedRepetition() {
        return when.test(Subject.of(message));
    }
}
