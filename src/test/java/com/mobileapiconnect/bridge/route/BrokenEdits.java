package com.mobileapiconnect.bridge.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that cannot become a running version of the route deliver, each for a reason of its own. */
final class BrokenEdits {

    /**
     * A broken text.
     *
     * @param at     line and column; null where the place does not matter
     * @param reason a part of what its author is told
     */
    record Edit(String label, String text, @Nullable String at, String reason) {

        Edit anywhere() {
            return new Edit(label, text, null, reason);
        }

        /** Returns the same mistake in a route of another name. */
        String textFor(String name) {
            return text.replace("id: deliver", "id: " + name).replace("outbox:due", "direct:" + name);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private static final String STEP = """
            - route:
                id: deliver
                description: Edited.
                from:
                  uri: outbox:due
                  steps:
                    - to: outbox:send
                    %s
            """;

    /** Length of the route deliver in a text of two. */
    private static final int FIRST = two("", "").indexOf("- route:", 1);

    private BrokenEdits() {}

    /** A text of deliver with one more step, in line 8 from column 9 on. */
    static String withStep(String step) {
        return STEP.formatted(step);
    }

    private static Edit step(String step, String column, String reason) {
        return new Edit(step, withStep(step), "8:" + column, reason);
    }

    static List<Edit> all() {
        List<Edit> edits = new ArrayList<>(ofAnyRoute());
        edits.addAll(ofTheProduct());
        return edits;
    }

    /** Texts that break what holds for the product's routes alone. */
    static List<Edit> ofTheProduct() {
        return List.of(
                new Edit(
                        "another id",
                        STEP.replace("id: deliver", "id: mine").formatted(""),
                        null,
                        "product's route deliver"),
                new Edit("no id", STEP.replace("id: deliver", "group: mine").formatted(""), null, "needs an id"),
                new Edit(
                        "another beginning",
                        STEP.replace("outbox:due", "direct:due").formatted(""),
                        null,
                        "begin with outbox:due"),
                new Edit(
                        "never started",
                        STEP.replace("description: Edited.", "autoStartup: false")
                                .formatted(""),
                        null,
                        "starts with the bridge"));
    }

    /** Texts that no route could have. */
    static List<Edit> ofAnyRoute() {
        return List.of(
                // YAML
                new Edit("a list without its end", withStep("- ["), null, "expected"),
                new Edit("a quotation mark without its end", withStep("- 'to: direct:x"), null, "unexpected end"),
                new Edit("a tab", "- route:\n\tid: deliver\n", "2:1", "\\t"),
                new Edit("a key that is there twice", "- route:\n    id: deliver\n    id: deliver\n", "3:5", "twice"),
                new Edit("two documents", "- route: {id: deliver}\n---\n- route: {id: b}\n", "2:1", "second document"),
                new Edit("an empty file", "", "1:1", "empty"),
                new Edit("a file of comments", "# nothing\n", "1:1", "empty"),
                new Edit("an empty list", "[]\n", "1:1", "empty"),
                new Edit("a file that is too large", "#" + "x".repeat(5 << 20), "1:1", "the most"),
                new Edit("aliases that stand for millions", bomb(), "1:4", "Anchors"),
                new Edit("nesting without end", "[".repeat(2000), null, "Nested deeper"),
                new Edit("a tag", "- !!java.lang.Runtime {}\n", "1:3", "Tags"),
                // schema
                step("- tu: direct:x", "11", "tu is no step"),
                step("- to: {url: 'outbox:send'}", "16", "url is unknown"),
                step("- log: {}", "16", "needs message"),
                step("- filter: {langage: x, steps: []}", "20", "langage"),
                step("- setHeader: {name: x, simpel: y}", "32", "simpel"),
                step("- delay: {constant: [1]}", "29", "kind"),
                new Edit("a mapping in place of a list", "route: {id: deliver}\n", null, "kind array"),
                new Edit("a route without a beginning", "- route:\n    id: deliver\n", null, "from"),
                // components, options, languages, beans
                step("- to: outbux:send", "15", "outbux"),
                step("- to: outbox:sent", "15", "sent"),
                step("- to: log:x?levl=INFO", "15", "levl"),
                step("- to: log:x?level=LOUD", "15", "LOUD"),
                step("- to: seda:x?size=many", "15", "size"),
                step("- setBody: {language: {language: nope, expression: x}}", "42", "nope"),
                step("- filter: {groovy: 'true', steps: []}", "28", "groovy"),
                step("- setBody: {method: {ref: intake, method: accept}}", "21", "methods"),
                step("- process: {ref: missing}", "26", "missing"),
                step("- bean: {ref: missing, method: x}", "23", "missing"),
                step("- script: {groovy: '1'}", "11", "script"),
                step("- to: file:/tmp/out", "15", "file"),
                step("- to: exec:ls", "15", "exec"),
                step("- to: direct:x?exchangePattern=#class:java.lang.Thread", "15", "class"),
                step("- toD: ${header.to}", "16", "component of a URI"),
                step("- toD: 'outbox:reject?reason=${body}'", "16", "a part of a URI of outbox"),
                step(
                        "- toD: {uri: outbox:done, parameters: {externalId: '${body}'}}",
                        "22",
                        "a part of a URI of outbox"),
                step("- wireTap: {uri: 'phone:capture?device=${body}'}", "26", "a part of a URI of phone"),
                step("- toD: log:x+language:bean:intake", "16", "a part of a URI"),
                step("- recipientList: {simple: '${body}'}", "11", "as a constant"),
                step("- routingSlip: {expression: {header: {expression: to}}}", "11", "as a constant"),
                step("- dynamicRouter: {constant: 'direct:x'}", "11", "dynamicRouter is not allowed"),
                step("- toD: 'sql:${body}'", "16", "a part of a statement"),
                step("- toD: {uri: 'outbox:skip?reason={{route.no:$}}{body}'}", "22", "a part of a URI of outbox"),
                step("- enrich: {simple: 'sql:${body}'}", "11", "as a constant"),
                // what a text says of a message
                step("- setBody: {simple: '${bean:intake.accept}'}", "29", "beyond the message"),
                step("- setBody: {simple: '${body.getClass()}'}", "29", "calls a method"),
                step("- setBody: {simple: '${sysenv.PATH}'}", "29", "beyond the message"),
                step("- setBody: {simple: '${replace(a,b,${sysenv.PATH})}'}", "29", "beyond the message"),
                step("- setBody: {simple: '$simple{hash($simple{env:PATH})}'}", "29", "beyond the message"),
                step("- setBody: {simple: '${header.${body}}'}", "29", "makes a name of a message"),
                step("- setBody: {simple: '${bodyAs(String).${header.x}}'}", "29", "makes a name of a message"),
                step(
                        "- setBody: {simple: '${exchangeProperty.attempt.target.http.auth.token.reveal}'}",
                        "29",
                        "method"),
                step("- setBody: {simple: '${{{route.no:env}}:PATH}'}", "29", "beyond the message with its settings"),
                step("- setBody: {simple: '{{route.no:$}}{env:PATH}'}", "29", "beyond the message with its settings"),
                step("- setBody: {constant: 'resource:file:/etc/hostname'}", "31", "reads no files"),
                step("- setBody: {simple: {expression: ' resource:http://127.0.0.1:9'}}", "42", "reads no files"),
                step("- setBody: {constant: '{{route.no:resource:file:/etc/hostname}}'}", "31", "reads no files"),
                step("- setBody: {simple: '${bodyy}'}", "29", "bodyy"),
                step("- setBody: {simple: '${body'}", "29", "functionEnd"),
                step("- setBody: {language: {language: fields, expression: '{\"a\":\"${txt}\"}'}}", "62", "${txt}"),
                step(
                        "- filter: {language: {language: rule, expression: '{\"field\":\"txt\"}'}, steps: []}",
                        "59",
                        "txt"),
                step("- throwException: {exceptionType: no.such.TypeException, message: x}", "43", "no.such.Type"),
                // settings
                step("- to: '{{no.such.setting}}'", "15", "no.such.setting"),
                step("- log: '{{bridge.operator-key}}'", "16", "not for routes"),
                step("- log: '{{env:PATH}}'", "16", "not for routes"),
                // other files
                step("- to: direct:nobody", "15", "No route begins with direct:nobody"),
                new Edit("a circle", circle(), null, "without end"),
                new Edit("an id of another file", two("accept", "direct:mine"), "7:9", "product's"),
                new Edit("a beginning of another file", two("mine", "direct:accept"), "8:17", "direct:accept"),
                new Edit(
                        "an id that is there twice",
                        two("mine", "direct:mine") + two("mine", "direct:other").substring(FIRST),
                        null,
                        "Duplicate id"),
                // fails only at its start
                step("- threads: {poolSize: 10, maxPoolSize: 1}", "11", "does not start")
                        .anywhere());
    }

    private static String two(String id, String from) {
        return """
                - route:
                    id: deliver
                    from:
                      uri: outbox:due
                      steps: [{to: 'outbox:send'}]
                - route:
                    id: %s
                    from: {uri: '%s', steps: [{log: x}]}
                """.formatted(id, from);
    }

    private static String circle() {
        return """
                - route:
                    id: deliver
                    from:
                      uri: outbox:due
                      steps: [{to: 'direct:one'}, {to: 'outbox:send'}]
                - route:
                    id: one
                    from: {uri: 'direct:one', steps: [{to: 'direct:two'}]}
                - route:
                    id: two
                    from: {uri: 'direct:two', steps: [{to: 'direct:one'}]}
                """;
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (char c = 'b'; c < 'l'; c++) {
            String before = "*" + (char) (c - 1);
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append((before + ",").repeat(8))
                    .append(before)
                    .append("]\n");
        }
        return bomb.toString();
    }
}
