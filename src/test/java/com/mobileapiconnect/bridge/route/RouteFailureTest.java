package com.mobileapiconnect.bridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

/** A route that cannot be used is told in three lines: its file, the place in it, and the reason. */
class RouteFailureTest {

    private static final String ROUTE = """
            - route:
                id: mine
                from:
                  uri: direct:mine
                  steps:
                    - to: direct:next
            %s
            """;

    @TempDir
    Path routes;

    private FailureAnalysis failure(String text) throws Exception {
        Path file = routes.resolve("mine.camel.yaml");
        Files.writeString(file, text);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("rule-language", new RuleLanguage());
            camel.getRegistry().bind("fields-language", new FieldsLanguage());
            Throwable failure = catchThrowable(() -> {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(List.of(ResourceHelper.resolveResource(camel, "file:" + file)));
                camel.start();
            });
            assertThat(failure).as("the route fails").isNotNull();
            FailureAnalysis told = new RouteFailure(
                            new MockEnvironment().withProperty("bridge.routes.dir", routes.toString()))
                    .analyze(failure);
            assertThat(told).as("no stack trace for " + failure).isNotNull();
            return told;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "- to: outbux:send | line 7, column 15 | outbux",
                "- to: direct:x?blok=1 | line 7, column 15 | blok",
                "- to: log:x?level=LOUD | line 7, column 15 | LOUD",
                "- tu: direct:x | line 7, column 11 | tu",
                "- to: {url: direct:x} | line 7, column 21 | url",
                "- log: | line 2, column 9 | message",
                "- filter: {simple: '${bodyy}', steps: [{to: 'direct:x'}]} | line 7, column 28 | bodyy",
                "- filter: {simple: '${body', steps: [{to: 'direct:x'}]} | line 7, column 28 | ${body",
                "- filter: {langage: x} | line 7, column 29 | langage",
                "- setBody: {language: {language: nope, expression: x}} | line 7, column 42 | nope",
                "- setBody: {language: {language: fields, expression: '{\"a\":\"${txt}\"}'}} | line 7, column 62 | the unknown name ${txt}",
                "- setBody: {language: {language: fields, expression: '{\"a\":'}} | line 7, column 62 | not JSON",
                "- setBody: {language: {language: fields, expression: '{\"a\":{\"value\":1,\"as\":\"money\"}}'}} | line 7, column 62 | The field a can be as string",
                "- filter: {language: {language: rule, expression: '{\"field\":\"txt\"}'}} | line 7, column 59 | txt",
                "- process: {ref: missing} | line 7, column 26 | missing",
                "- bean: {ref: missing} | line 7, column 23 | missing",
                "- setHeader: {name: x, simpel: y} | line 7, column 40 | simpel",
                "- throwException: {exceptionType: no.such.Type} | line 7, column 43 | no.such.Type",
                "- to: '{{no.such.setting}}' | line 7, column 15 | no.such.setting",
                "- delay: {constant: [1]} | line 7, column 29 | SEQUENCE",
                "- 'to: direct:x | line 8, column 1 | unexpected end",
                "- [ | line 8, column 1 | expected",
            })
    void isToldInThreeLines(String step, String place, String reason) throws Exception {
        FailureAnalysis told = failure(ROUTE.formatted(" ".repeat(8) + step));

        assertThat(told.getDescription().lines().toList())
                .satisfiesExactly(
                        file -> assertThat(file)
                                .isEqualTo("A route cannot be used: " + routes.resolve("mine.camel.yaml")),
                        where -> assertThat(where).isEqualTo("  " + place),
                        why -> assertThat(why).contains(reason));
    }
}
