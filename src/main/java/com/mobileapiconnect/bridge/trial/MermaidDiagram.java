package com.mobileapiconnect.bridge.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes routes as a flowchart of Mermaid, with entities in place of characters that have a meaning there. */
final class MermaidDiagram {

    private static final String PLAIN = " ,._:/?=&*+-";

    private final StringBuilder out = new StringBuilder("flowchart TD\n");
    private final Function<Step, @Nullable StepCount> counts;
    private int nodes;

    /** The end of a way: the next step is reached from it. */
    private record End(String node, String label) {}

    private MermaidDiagram(Function<Step, @Nullable StepCount> counts) {
        this.counts = counts;
    }

    /** @param counts null for a step that is not counted */
    static String of(List<DrawnRoute> routes, Function<Step, @Nullable StepCount> counts) {
        MermaidDiagram diagram = new MermaidDiagram(counts);
        routes.forEach(diagram::draw);
        return diagram.out.toString();
    }

    private void draw(DrawnRoute route) {
        out.append("  subgraph ")
                .append(name())
                .append("[\"")
                .append(escaped(route.id()))
                .append("\"]\n");
        String from = node(route.from(), "([\"", "\"])");
        sequence(route.steps(), List.of(new End(from, "")));
        out.append("  end\n");
    }

    private List<End> sequence(List<Step> steps, List<End> before) {
        List<End> ends = before;
        for (Step step : steps) {
            String node = node(
                    step,
                    step.branches().isEmpty() ? "[\"" : "{{\"",
                    step.branches().isEmpty() ? "\"]" : "\"}}");
            ends.forEach(end -> edge(end, node));
            List<End> next = new ArrayList<>();
            step.branches()
                    .forEach(branch -> next.addAll(sequence(branch.steps(), List.of(new End(node, branch.label())))));
            ends = next.isEmpty() ? List.of(new End(node, "")) : next;
        }
        return ends;
    }

    private String name() {
        return "n" + nodes++;
    }

    private String node(Step step, String open, String close) {
        String name = name();
        StepCount count = counts.apply(step);
        out.append("    ")
                .append(name)
                .append(open)
                .append(escaped(step.kind() + (step.label().isEmpty() ? "" : ": " + step.label())))
                .append(count == null ? "" : "<br/>" + escaped(count.toString()))
                .append(close)
                .append('\n');
        return name;
    }

    private void edge(End from, String to) {
        out.append("    ").append(from.node()).append(" -->");
        if (!from.label().isEmpty()) {
            out.append("|\"").append(escaped(from.label())).append("\"|");
        }
        out.append(' ').append(to).append('\n');
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(c).append(';');
            }
        });
        return escaped.toString();
    }
}
