package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that match a message without evaluating those that cannot. Each rule is filed under its {@link
 * Anchor}s: whole values in hash maps, parts and the literals of regular expressions in one automaton for each view of
 * the message. A message yields a few candidates, which are evaluated in full, in the rules' order. A rule without an
 * anchor is always evaluated.
 */
final class RuleIndex {

    private static final int[] NONE = {};
    private static final int ANCHORS_OF_A_TEXT = 50;

    private final Predicate[] predicates;
    private final boolean[] continues;
    private final int[] unfiled;
    private final Map<View, Map<String, int[]>> whole = new EnumMap<>(View.class);
    private final Map<View, Automaton> parts = new EnumMap<>(View.class);
    private final long cost;

    /**
     * The outcome for a message, as positions of rules, ascending.
     *
     * @param matched the rules that match, up to the first that does not continue
     * @param leftOut rules before that end which did not count, because the subject's budget was used up
     */
    record Found(int[] matched, int[] leftOut) {

        static final Found NOTHING = new Found(NONE, NONE);
    }

    /** @param rules rules in the order of their evaluation */
    RuleIndex(List<Rule> rules) {
        predicates = new Predicate[rules.size()];
        continues = new boolean[rules.size()];
        Files files = new Files();
        Numbers always = new Numbers();
        for (int position = 0; position < predicates.length; position++) {
            Rule rule = rules.get(position);
            predicates[position] = rule.when().predicate();
            continues[position] = rule.continues();
            List<Anchor> anchors = predicates[position].anchors();
            if (anchors == null) {
                always.add(position);
            } else {
                for (Anchor anchor : anchors) {
                    files.add(anchor, position);
                }
            }
        }
        unfiled = always.sorted();
        cost = cost();
        for (View view : View.values()) {
            Map<String, int[]> exact = files.of(view, Anchor.Position.WHOLE);
            if (!exact.isEmpty()) {
                whole.put(view, exact);
            }
            Map<String, int[]> anywhere = files.of(view, Anchor.Position.ANYWHERE);
            Map<String, int[]> atStart = files.of(view, Anchor.Position.START);
            if (!anywhere.isEmpty() || !atStart.isEmpty()) {
                parts.put(view, new Automaton(anywhere, atStart));
            }
        }
    }

    /**
     * Returns the steps that a message takes at worst: every rule without an anchor is evaluated, and of the others so
     * many as one text hardly has the anchors of; those that cost most. Equal looks count once.
     */
    long steps() {
        return cost;
    }

    private long cost() {
        Set<Look> counted = new HashSet<>();
        BitSet always = new BitSet();
        for (int position : unfiled) {
            always.set(position);
            predicates[position].looks(counted);
        }
        List<Set<Look>> filed = new ArrayList<>();
        for (int position = 0; position < predicates.length; position++) {
            Set<Look> looks = new HashSet<>();
            if (!always.get(position)) {
                predicates[position].looks(looks);
            }
            if (!looks.isEmpty()) {
                filed.add(looks);
            }
        }
        filed.sort(Comparator.comparingLong(Look::cost).reversed());
        int rules = 0;
        for (Set<Look> looks : filed) {
            if (rules < ANCHORS_OF_A_TEXT && counted.addAll(looks)) {
                rules++;
            }
        }
        return Look.cost(counted);
    }

    /** Evaluates the rules that the message may match. */
    Found match(Subject subject) {
        if (predicates.length == 0) {
            return Found.NOTHING;
        }
        int[] candidates = candidates(subject);
        Numbers matched = null;
        Numbers leftOut = null;
        int filed = 0;
        int other = 0;
        while (filed < candidates.length || other < unfiled.length) {
            boolean takeFiled =
                    other == unfiled.length || (filed < candidates.length && candidates[filed] < unfiled[other]);
            int position = takeFiled ? candidates[filed++] : unfiled[other++];
            subject.begin();
            boolean matches = predicates[position].test(subject);
            if (subject.hasLeftOut()) {
                leftOut = leftOut == null ? new Numbers() : leftOut;
                leftOut.add(position);
            } else if (matches) {
                matched = matched == null ? new Numbers() : matched;
                matched.add(position);
                if (!continues[position]) {
                    break;
                }
            }
        }
        return matched == null && leftOut == null
                ? Found.NOTHING
                : new Found(matched == null ? NONE : matched.sorted(), leftOut == null ? NONE : leftOut.sorted());
    }

    private int[] candidates(Subject subject) {
        Numbers found = new Numbers();
        whole.forEach((view, numbers) -> {
            Set<String> forms = subject.forms(view);
            if (forms.isEmpty()) {
                addFiled(numbers, subject.view(view), found);
            } else {
                forms.forEach(form -> addFiled(numbers, form, found));
            }
        });
        parts.forEach((view, automaton) -> {
            Set<String> forms = subject.forms(view);
            String actual = subject.view(view);
            if (!forms.isEmpty()) {
                forms.forEach(form -> automaton.find(form, found::addAll));
            } else if (actual != null) {
                automaton.find(actual, found::addAll);
            }
        });
        return found.sorted();
    }

    private static void addFiled(Map<String, int[]> numbers, @Nullable String actual, Numbers found) {
        int[] filed = actual == null ? null : numbers.get(actual);
        if (filed != null) {
            found.addAll(filed);
        }
    }

    /** The files of the index while it is being built. */
    private static final class Files {

        private record Cabinet(View view, Anchor.Position position) {}

        private final Map<Cabinet, Map<String, Numbers>> cabinets = new HashMap<>();

        void add(Anchor anchor, int position) {
            cabinets.computeIfAbsent(new Cabinet(anchor.view(), anchor.position()), any -> new HashMap<>())
                    .computeIfAbsent(anchor.operand(), any -> new Numbers())
                    .add(position);
        }

        Map<String, int[]> of(View view, Anchor.Position position) {
            Map<String, int[]> filed = new HashMap<>();
            cabinets.getOrDefault(new Cabinet(view, position), Map.of())
                    .forEach((operand, numbers) -> filed.put(operand, numbers.sorted()));
            return filed;
        }
    }

    /** A growing list of positions. */
    private static final class Numbers {

        private int[] numbers = NONE;
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(4, size * 2));
            }
            numbers[size++] = number;
        }

        void addAll(int[] more) {
            if (size + more.length > numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(size + more.length, size * 2));
            }
            System.arraycopy(more, 0, numbers, size, more.length);
            size += more.length;
        }

        /** Returns the numbers in ascending order, each once. */
        int[] sorted() {
            if (size == 0) {
                return NONE;
            }
            Arrays.sort(numbers, 0, size);
            int distinct = 1;
            for (int i = 1; i < size; i++) {
                if (numbers[i] != numbers[distinct - 1]) {
                    numbers[distinct++] = numbers[i];
                }
            }
            return Arrays.copyOf(numbers, distinct);
        }
    }
}
