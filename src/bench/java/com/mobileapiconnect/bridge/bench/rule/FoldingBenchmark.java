package com.mobileapiconnect.bridge.bench.rule;

import com.mobileapiconnect.bridge.message.Folding;
import java.util.Map;
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

/** Folding one SMS of two segments or so, as rules and searches do with every text. */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class FoldingBenchmark {

    private static final Map<String, String> TEXTS = Map.of(
            "ascii", "Your balance is 1250.40 EUR. Reply STOP to end. ",
            "cyrillic", "Ваш баланс 1250,40 руб. Ответьте СТОП, чтобы отписаться. ",
            "hindi", "आपका बैलेंस 1250 रुपये है। बंद करने के लिए उत्तर दें। ",
            "german", "Ihr Guthaben beträgt 1250,40 €. Antworten Sie STOPP, dann ist größtenteils Schluß. ");

    @Param({"ascii", "cyrillic", "hindi", "german"})
    private String script;

    private String text;

    @Setup
    public void prepare() {
        text = TEXTS.get(script).repeat(3);
    }

    @Benchmark
    public String fold() {
        return Folding.fold(text);
    }

    @Benchmark
    public String foldWithoutAccents() {
        return Folding.foldWithoutAccents(text);
    }
}
