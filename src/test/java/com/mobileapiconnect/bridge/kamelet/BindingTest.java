package com.mobileapiconnect.bridge.kamelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.connector.Kind;
import com.mobileapiconnect.bridge.kamelet.Binding.Bound;
import com.mobileapiconnect.bridge.route.RouteRefusedException;
import com.mobileapiconnect.bridge.route.Templates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.camel.Exchange;
import org.apache.camel.component.log.LogEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.SimpleRegistry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No value of a property changes a URI or an expression, whatever it has in it. */
class BindingTest {

    private static final String DEFINITION = """
            properties:
              name: {title: Name, type: string}
              value: {title: Value, type: string}
              other: {title: Other, type: string}
              number: {title: Number, type: integer}
              secret: {title: Secret, type: string, format: password}
            """;

    private static Kamelet kamelet(String steps) {
        byte[] text = KameletFiles.kamelet("probe", DEFINITION, steps).getBytes(StandardCharsets.UTF_8);
        return Kamelet.read(Templates.read("probe", text), Kind.FILE, (scheme, option) -> option.equals("inThePath"));
    }

    /** Runs a template in Camel as it is, and returns what its endpoints saw. */
    private static List<Probe.Seen> run(Kamelet kamelet, Map<String, String> values) {
        Bound bound = kamelet.bind(values::get);
        Probe probe = new Probe();
        SimpleRegistry own = new SimpleRegistry();
        bound.beans().forEach(own::bind);
        DefaultCamelContext camel = new DefaultCamelContext(new DefaultRegistry(own));
        camel.disableJMX();
        camel.addComponent("probe", probe);
        try (camel) {
            String text = bound.route().text().replace("kamelet:source", "direct:source");
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("probe.camel.yaml", text));
            camel.start();
            Exchange exchange = camel.getEndpoint("direct:source").createExchange();
            exchange.getMessage().setBody("body");
            bound.variables().forEach(exchange::setVariable);
            camel.createProducerTemplate().send("direct:source", exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            return probe.seen;
        } catch (Exception e) {
            throw new AssertionError(text(bound), e);
        }
    }

    private static String text(Bound bound) {
        return bound.route().text() + " with " + bound.beans();
    }

    private static final Kamelet EVERYWHERE = kamelet("""
            - to: {uri: "probe:{{name}}", parameters: {value: "{{value}}", mixed: "a {{value}} b", number: "{{number}}"}}
            - to: "probe:second?value={{value}}&mixed=RAW({{value}})"
            - setHeader: {name: constant, constant: "{{value}}"}
            - setHeader: {name: simple, simple: "<{{value}}> ${body}"}
            - setHeader: {name: long, simple: {expression: "{{value}}"}}
            - setBody: {constant: {expression: "it is {{value}}"}}
            - to: {uri: "probe:third", parameters: {mixed: "{{?other}}"}}
            """);

    private static void staysAValue(String value) {
        List<Probe.Seen> seen = run(EVERYWHERE, Map.of("name", "first-1", "value", value, "number", "7"));

        assertThat(seen).extracting(Probe.Seen::path).containsExactly("first-1", "second", "third");
        assertThat(seen.get(0).value()).isEqualTo(value);
        assertThat(seen.get(0).mixed()).isEqualTo("a " + value + " b");
        assertThat(seen.get(0).number()).isEqualTo(7);
        assertThat(seen.get(1).value()).isEqualTo(value);
        assertThat(seen.get(1).mixed()).isEqualTo(value);
        assertThat(seen.get(2).headers())
                .containsEntry("constant", value)
                .containsEntry("simple", "<" + value + "> body")
                .containsEntry("long", value);
        assertThat(seen.get(2).body()).isEqualTo("it is " + value);
        assertThat(seen.get(2).mixed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a?b=c&d=e",
                "&number=9",
                "{{env:HOME}}",
                "{{value}}",
                "{{?value}}",
                "${bean:java.lang.Runtime?method=exit}",
                "${body}",
                "$simple{body}",
                "#bean:kamelet_bean0",
                "#class:java.util.Date",
                "#name",
                "RAW(x)",
                "RAW(x)&number=9",
                "RAW{x}",
                ")&number=9",
                "%26number%3D9",
                "100%",
                "a+b c",
                "resource:file:/etc/passwd",
                "file:/etc/passwd",
                "\"quoted\" and 'quoted'",
                "line\nline\r\n\tline",
                "- to: log:x\n  id: y",
                "\\",
                "ключ 🔑 \u202e",
                " ",
                "../../etc"
            })
    void aHostileValueStaysAValue(String value) {
        staysAValue(value);
    }

    /** An endpoint of Camel's own, whose options are set by code that Camel generates. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "{{env:HOME}}", "#bean:x", "RAW(x)&level=ERROR", "a?b&c=d", "${body}"})
    void aHostileValueStaysAValueInAnEndpointOfCamelsOwn(String value) throws Exception {
        Bound bound = kamelet("- to: {uri: \"log:x\", parameters: {marker: \"{{value}}\"}}")
                .bind(Map.of("value", value)::get);
        SimpleRegistry own = new SimpleRegistry();
        bound.beans().forEach(own::bind);
        try (DefaultCamelContext camel = new DefaultCamelContext(new DefaultRegistry(own))) {
            camel.disableJMX();
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.fromString(
                            "x.camel.yaml", bound.route().text().replace("kamelet:source", "direct:source")));
            camel.start();
            LogEndpoint log = camel.getEndpoints().stream()
                    .filter(LogEndpoint.class::isInstance)
                    .map(LogEndpoint.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(log.getMarker()).isEqualTo(value);
            assertThat(log.getLevel()).isEqualTo("INFO");
        }
    }

    @Property(tries = 25)
    void anyValueStaysAValue(@ForAll String value) {
        staysAValue(value.isEmpty() ? "x" : value.replaceAll("\\p{Cs}", "?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a?b=c", "a&b", "a:b", "{{b}}", "#b", "RAW(b)", "a b", "a%3Fb", "a\nb", "..", "a/../b", "ü"})
    void aPathTakesPlainCharactersAlone(String value) {
        assertThatThrownBy(() -> EVERYWHERE.bind(Map.of("name", value, "value", "v")::get))
                .isInstanceOf(RouteRefusedException.class)
                .hasMessageContaining("The property name is a part of an address")
                .hasMessageNotContaining("a?b=c");
        assertThat(faults(EVERYWHERE, "{\"name\":" + quoted(value) + "}")).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-b_c.d", "a/b", "a@b"})
    void aPlainPathIsTaken(String value) {
        assertThat(faults(EVERYWHERE, "{\"name\":" + quoted(value) + "}")).isEmpty();
        assertThat(run(EVERYWHERE, Map.of("name", value, "value", "v", "number", "1"))
                        .get(0)
                        .path())
                .isEqualTo(value);
    }

    private static String quoted(String value) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(value).toString();
    }

    private static List<String> faults(Kamelet kamelet, String properties) {
        List<String> fields = new java.util.ArrayList<>();
        try {
            kamelet.connector()
                    .properties()
                    .check(
                            new com.fasterxml.jackson.databind.json.JsonMapper().readTree(properties),
                            (field, message) -> fields.add(field));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return fields.stream().distinct().toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiterString = " -> ",
            value = {
                "- setHeader: {name: \"{{value}}\", constant: x} -> cannot stand in name",
                "- setBody: {simple: \"${header.{{value}}}\"} -> cannot stand inside ${…}",
                "- to: \"probe:x?{{value}}=1\" -> cannot be the name of an option",
                "- process: {ref: \"{{value}}\"} -> cannot stand in ref",
                "- script: {groovy: \"{{value}}\"} -> cannot stand in groovy",
                "- log: \"with {{secret}}\" -> The property secret is a password, and would be logged in clear",
                "- log: {message: \"{{value}} {{secret}}\"} -> The property secret is a password",
                "- to: \"log:x?marker={{secret}}\" -> The property secret is a password",
                "- to: {uri: log:x, parameters: {marker: \"{{?secret}}\"}} -> The property secret is a password",
            })
    void aPropertyAnywhereElseIsRefusedWithItsPlace(String step, String why) {
        assertThatThrownBy(() -> kamelet(step))
                .isInstanceOf(RouteRefusedException.class)
                .hasMessageContaining(why)
                .hasMessageStartingWith("line ")
                .hasMessageNotContaining("line 1,");
    }

    @ParameterizedTest
    @CsvSource({"erp:http, true", "log:x, false"})
    void aTextWithNamesIsForASystemThatFillsIt(String step, boolean taken) {
        byte[] text = KameletFiles.kamelet(
                        "probe",
                        "properties:\n  body: {title: Body, type: string, format: template}\n",
                        "- to: " + step)
                .getBytes(StandardCharsets.UTF_8);
        ThrowingCallable read = () -> Kamelet.read(Templates.read("probe", text), Kind.FILE, (scheme, option) -> false);
        if (taken) {
            assertThatCode(read).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(read)
                    .isInstanceOf(RouteRefusedException.class)
                    .hasMessageContaining("Nobody fills the names in body");
        }
    }

    @ParameterizedTest
    @CsvSource({"a?b, false", "plain, true"})
    void anOptionThatIsAPartOfThePathTakesPlainCharactersAlone(String value, boolean taken) {
        Kamelet kamelet = kamelet("- to: {uri: probe, parameters: {inThePath: \"{{value}}\"}}");
        assertThat(faults(kamelet, "{\"value\":" + quoted(value) + "}").isEmpty())
                .isEqualTo(taken);
    }
}
