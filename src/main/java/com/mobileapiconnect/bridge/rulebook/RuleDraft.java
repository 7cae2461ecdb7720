package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.rule.Rule;
import java.util.List;

/**
 * A rule as a caller wants it.
 *
 * @param path    prefix of the rule's fields in errors: empty, or with a dot at its end
 * @param targets the targets of its actions, except connections, which are targets already
 */
record RuleDraft(String path, Rule rule, List<Target> targets) {

    RuleDraft {
        targets = List.copyOf(targets);
    }
}
