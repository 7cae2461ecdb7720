package com.mobileapiconnect.bridge.trial;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step of a route, as its text has it.
 *
 * @param id       as the text gives it, or as Camel has made it
 * @param kind     name of the step in the text, like {@code setBody}
 * @param label    what it does, in a few words, without secrets
 * @param line     in the text, from 1; 0 if it is not known
 * @param branches ways of what goes through it; empty for most
 */
record Step(@Nullable String id, String kind, String label, int line, List<Branch> branches) {

    /** @param label when it is taken; empty for always */
    record Branch(String label, List<Step> steps) {}

    /** Returns this step and all within it, in the order of the text. */
    Stream<Step> all() {
        return Stream.concat(
                Stream.of(this),
                branches.stream().flatMap(branch -> branch.steps().stream()).flatMap(Step::all));
    }
}
