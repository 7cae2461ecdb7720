package com.mobileapiconnect.bridge.trial;

import com.mobileapiconnect.bridge.message.WellFormed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * A route as a tree of steps, read off Camel's model of it.
 *
 * @param from the step that begins it
 */
record DrawnRoute(String id, @Nullable String description, Step from, List<Step> steps) {

    private static final int LONGEST_LABEL = 200;

    static DrawnRoute of(RouteDefinition route, TextLines lines) {
        String uri =
                route.getInput() == null ? "" : String.valueOf(route.getInput().getLabel());
        int line = route.getInput() == null ? 0 : route.getInput().getLineNumber();
        return new DrawnRoute(
                String.valueOf(route.getId()),
                route.getDescriptionText(),
                new Step(null, "from", shown(uri), Math.max(0, line), List.of()),
                steps(route.getOutputs(), lines));
    }

    /** Returns all steps, in the order of the text. */
    Stream<Step> all() {
        return steps.stream().flatMap(Step::all);
    }

    /** Returns a step as it is known while it runs. */
    static Step stepOf(NamedNode node, TextLines lines) {
        if (node instanceof ProcessorDefinition<?> step) {
            return step(step, lines);
        }
        int line = lines.of(node.getShortName(), node.getLineNumber());
        return new Step(node.getId(), node.getShortName(), shown(String.valueOf(node.getLabel())), line, List.of());
    }

    private static List<Step> steps(List<ProcessorDefinition<?>> outputs, TextLines lines) {
        return outputs.stream().map(step -> step(step, lines)).toList();
    }

    private static Step step(ProcessorDefinition<?> step, TextLines lines) {
        List<Step.Branch> branches = new ArrayList<>();
        if (step instanceof ChoiceDefinition choice) {
            choice.getWhenClauses()
                    .forEach(when -> branches.add(new Step.Branch(
                            shown(String.valueOf(when.getExpression().getLabel())), steps(when.getOutputs(), lines))));
            if (choice.getOtherwise() != null) {
                branches.add(
                        new Step.Branch("otherwise", steps(choice.getOtherwise().getOutputs(), lines)));
            }
        } else if (step instanceof TryDefinition tried) {
            List<ProcessorDefinition<?>> plain = tried.getOutputs().stream()
                    .filter(inner ->
                            !(inner instanceof CatchDefinition) && !Objects.equals(inner, tried.getFinallyClause()))
                    .toList();
            branches.add(new Step.Branch("try", steps(plain, lines)));
            tried.getCatchClauses()
                    .forEach(caught -> branches.add(new Step.Branch(
                            "catch " + names(caught.getExceptions()), steps(caught.getOutputs(), lines))));
            if (tried.getFinallyClause() != null) {
                branches.add(new Step.Branch(
                        "finally", steps(tried.getFinallyClause().getOutputs(), lines)));
            }
        } else if (step instanceof MulticastDefinition multicast) {
            multicast.getOutputs().forEach(each -> branches.add(new Step.Branch("each", List.of(step(each, lines)))));
        } else {
            if (!step.getOutputs().isEmpty()) {
                branches.add(new Step.Branch(within(step), steps(step.getOutputs(), lines)));
            }
            if (step instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
                branches.add(new Step.Branch(
                        "fallback", steps(breaker.getOnFallback().getOutputs(), lines)));
            }
        }
        return new Step(
                step.getId(),
                step.getShortName(),
                label(step),
                lines.of(step.getShortName(), step.getLineNumber()),
                List.copyOf(branches));
    }

    private static String within(ProcessorDefinition<?> step) {
        return switch (step.getShortName()) {
            case "filter" -> "if so";
            case "loop", "split" -> "each time";
            default -> "";
        };
    }

    private static String names(List<String> classes) {
        return String.join(
                ", ",
                classes.stream()
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .toList());
    }

    private static String label(ProcessorDefinition<?> step) {
        String described = step.getDescriptionText();
        String plain = plainLabel(step);
        return shown(described == null ? plain : plain.isEmpty() ? described : plain + " (" + described + ")");
    }

    private static String plainLabel(ProcessorDefinition<?> step) {
        if (step instanceof ChoiceDefinition || step instanceof TryDefinition) {
            return "";
        }
        String label = withoutKind(String.valueOf(step.getLabel()), step.getShortName());
        boolean names = step instanceof SetHeaderDefinition || step instanceof SetPropertyDefinition;
        return names && step instanceof ExpressionNode set && set.getExpression() != null
                ? label + " = " + set.getExpression().getLabel()
                : label;
    }

    /** Camel's labels repeat the kind: {@code setBody[simple{…}]}. */
    private static String withoutKind(String label, String kind) {
        return label.startsWith(kind + "[") && label.endsWith("]")
                ? label.substring(kind.length() + 1, label.length() - 1)
                : label.equals(kind) ? "" : label;
    }

    /** Returns a line for people: passwords in URIs are not in it. */
    private static String shown(String text) {
        String line = WellFormed.oneLine(WellFormed.of(String.valueOf(URISupport.sanitizeUri(text))));
        return line.length() <= LONGEST_LABEL ? line : line.substring(0, LONGEST_LABEL - 1) + "…";
    }
}
