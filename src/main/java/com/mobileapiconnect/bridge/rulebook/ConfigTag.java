package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Sha256;
import com.mobileapiconnect.bridge.rule.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ETag of a tenant's configuration: another one after every change of a rule or a connection. */
final class ConfigTag {

    private static final int ENOUGH = 12;

    private ConfigTag() {}

    /** Returns the tag of rules and connections that somebody is shown. */
    static String of(RuleSet rules, List<Target> connections) {
        return of(rules, connections.stream().collect(Collectors.toMap(Target::id, Target::version)));
    }

    /** @param connections their versions by id */
    static String of(RuleSet rules, Map<String, Long> connections) {
        byte[] all = new TreeMap<>(connections).toString().getBytes(StandardCharsets.UTF_8);
        return rules.version() + "-" + HexFormat.of().formatHex(Sha256.digest().digest(all), 0, ENOUGH);
    }
}
