package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.rule.Rule;
import java.util.List;

/**
 * A rule as somebody wants it.
 *
 * @param targets of its actions, but for connections, which are targets already
 */
record Draft(Rule rule, List<Target> targets) {

    Draft {
        targets = List.copyOf(targets);
    }
}
