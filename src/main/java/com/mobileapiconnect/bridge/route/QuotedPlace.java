package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The place in a route's file of what an error message quotes; both numbers count from 1. */
record QuotedPlace(int line, int column) {

    private static final int SHORTEST = 3;

    /**
     * Finds the longest value within a route that the first of the messages quotes which quotes any; otherwise the
     * route's own id.
     */
    static Optional<QuotedPlace> find(Path file, @Nullable String routeId, List<String> messages) {
        try (Reader reader = Files.newBufferedReader(file)) {
            List<ScalarNode> values = new Compose(LoadSettings.builder().build())
                    .composeReader(reader).stream()
                            .flatMap(QuotedPlace::items)
                            .map(item -> scalars(item).toList())
                            .filter(route -> route.stream()
                                    .anyMatch(value -> value.getValue().equals(routeId)))
                            .flatMap(List::stream)
                            .toList();
            return messages.stream()
                    .map(QuotedPlace::plain)
                    .flatMap(said -> values.stream()
                            .filter(value -> quoted(value, said))
                            .max(Comparator.comparingInt(
                                    value -> value.getValue().length()))
                            .stream())
                    .findFirst()
                    .or(() -> values.stream()
                            .filter(value -> value.getValue().equals(routeId))
                            .findFirst())
                    .flatMap(Node::getStartMark)
                    .map(mark -> new QuotedPlace(mark.getLine() + 1, mark.getColumn() + 1));
        } catch (IOException | YamlEngineException e) {
            return Optional.empty();
        }
    }

    private static boolean quoted(ScalarNode value, String said) {
        String text = plain(value.getValue());
        return text.length() >= SHORTEST && said.contains(text);
    }

    /** Camel normalizes what it quotes: {@code outbux://send} for {@code outbux:send}. */
    private static String plain(String text) {
        return text.replaceAll("[\\s/]+", "");
    }

    private static Stream<Node> items(Node root) {
        return root instanceof SequenceNode list ? list.getValue().stream() : Stream.of(root);
    }

    /** Returns the values below a node, without the names of fields. */
    private static Stream<ScalarNode> scalars(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Stream.of(scalar);
        } else if (node instanceof SequenceNode list) {
            return list.getValue().stream().flatMap(QuotedPlace::scalars);
        } else if (node instanceof MappingNode map) {
            return map.getValue().stream().flatMap(entry -> scalars(entry.getValueNode()));
        }
        return Stream.empty();
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
