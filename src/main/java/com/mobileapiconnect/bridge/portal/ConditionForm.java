package com.mobileapiconnect.bridge.portal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The fields of a form in which a condition stands. Each part has a name that says where it is: {@code n} is the whole,
 * {@code n.0} its first part, {@code n.0.op} the comparison of that one.
 */
final class ConditionForm {

    /** The name of the whole. */
    static final String ROOT = "n";

    /** The groups within groups that the API takes, with one level for a comparison. */
    static final int DEEPEST = 15;

    private static final int MOST_PARTS = 200;

    private final Form form;

    private ConditionForm(Form form) {
        this.form = form;
    }

    /** Reads what was typed. */
    static Condition.Group of(Form form) {
        return new ConditionForm(form).part(ROOT, 0) instanceof Condition.Group group ? group : Condition.Group.NOTHING;
    }

    private Condition part(String name, int depth) {
        String kind = form.get(name + ".kind");
        boolean not = form.has(name + ".not");
        return switch (kind) {
            case "leaf" -> leaf(name, not);
            case "raw" -> new Condition.Raw(form.raw(name + ".json"));
            default -> {
                List<Condition> parts = new ArrayList<>();
                while (depth <= DEEPEST && parts.size() < MOST_PARTS && form.has(name + "." + parts.size() + ".kind")) {
                    parts.add(part(name + "." + parts.size(), depth + 1));
                }
                yield new Condition.Group(
                        kind.equals("any") || kind.equals("not") ? kind : "all", not, form.has(name + ".bare"), parts);
            }
        };
    }

    private Condition.Leaf leaf(String name, boolean not) {
        String field = form.get(name + ".field");
        List<String> ops = Condition.OPS.getOrDefault(field, List.of());
        // Of another field that was chosen just now the first comparison is taken.
        String op = ops.contains(form.get(name + ".op")) || ops.isEmpty() ? form.get(name + ".op") : ops.get(0);
        Condition.Hours hours = form.fields().containsKey(name + ".zone")
                ? new Condition.Hours(
                        new LinkedHashSet<>(form.all(name + ".days")),
                        form.get(name + ".from"),
                        form.get(name + ".to"),
                        form.get(name + ".zone"))
                : Condition.Hours.office(form.get("zone"));
        boolean ofText = field.equals("text");
        return new Condition.Leaf(
                field,
                op,
                not,
                form.raw(name + ".value"),
                ofText && !op.equals("exists") && form.has(name + ".case"),
                ofText && Condition.TRIMMING.contains(op) && form.has(name + ".exact"),
                hours);
    }

    /**
     * Changes the condition as a button of the form says.
     *
     * @param order {@code add}, {@code group} or {@code drop} and the name of a part, such as {@code add:n.0}
     */
    static Condition.Group changed(Condition.Group whole, String order) {
        int colon = order.indexOf(':');
        String verb = order.substring(0, Math.max(0, colon));
        String[] path = order.substring(colon + 1).split("\\.");
        if (!path[0].equals(ROOT) || !List.of("add", "group", "drop").contains(verb)) {
            return whole;
        }
        return changed(whole, verb, path, 1);
    }

    private static Condition.Group changed(Condition.Group group, String verb, String[] path, int at) {
        List<Condition> parts = new ArrayList<>(group.parts());
        if (at == path.length) {
            switch (verb) {
                case "add" -> parts.add(Condition.Leaf.FIRST);
                case "group" ->
                    parts.add(new Condition.Group(
                            group.of().equals("any") ? "all" : "any", false, false, List.of(Condition.Leaf.FIRST)));
                default -> parts.clear();
            }
        } else if (path[at].matches("\\d{1,3}") && Integer.parseInt(path[at]) < parts.size()) {
            int index = Integer.parseInt(path[at]);
            if (verb.equals("drop") && at == path.length - 1) {
                parts.remove(index);
            } else if (parts.get(index) instanceof Condition.Group inner) {
                parts.set(index, changed(inner, verb, path, at + 1));
            }
        }
        return new Condition.Group(group.of(), group.not(), group.bare(), parts);
    }
}
