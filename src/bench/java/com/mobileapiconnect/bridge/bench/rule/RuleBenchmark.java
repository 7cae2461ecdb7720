package com.mobileapiconnect.bridge.bench.rule;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.Subject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision about one message that only the last of all rules matches, from the raw message on: by the index, by
 * asking each rule in order, and by asking Camel Simple predicates of the same meaning in order.
 */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class RuleBenchmark {

    @Param({"keyword", "contains", "regex"})
    private String kind;

    @Param({"10", "10000"})
    private int rules;

    private InboundMessage message;
    private List<Rule> inOrder;
    private RuleSet set;
    private CamelContext camel;
    private Exchange exchange;
    private List<Predicate> simple;

    @Setup
    public void prepare() {
        message = SampleRules.MESSAGE;
        inOrder = SampleRules.of(kind, rules);
        set = RuleSet.of(1, inOrder);
        camel = new DefaultCamelContext();
        camel.start();
        Language language = camel.resolveLanguage("simple");
        simple = SampleRules.simple(kind, rules).stream()
                .map(language::createPredicate)
                .toList();
        simple.forEach(predicate -> predicate.initPredicate(camel));
        exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(message.text());
        exchange.getMessage().setHeader("word", SampleRules.WORD);
    }

    @TearDown
    public void end() {
        camel.stop();
    }

    @Benchmark
    public Decision index() {
        return set.decide(Subject.of(message), "Acme Corp");
    }

    @Benchmark
    public int linear() {
        Subject subject = Subject.of(message);
        int position = 0;
        while (!inOrder.get(position).when().test(subject)) {
            position++;
        }
        return position;
    }

    /** The keyword's Simple has the first word given to it; it could not find it. */
    @Benchmark
    public int camelSimple() {
        int position = 0;
        while (!simple.get(position).matches(exchange)) {
            position++;
        }
        return position;
    }
}
