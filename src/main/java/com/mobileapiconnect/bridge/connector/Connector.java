package com.mobileapiconnect.bridge.connector;

import java.util.regex.Pattern;

/**
 * A way to reach a target. The feature that sends publishes it as a bean, beside the {@code Sender} of the same name.
 *
 * @param name        as connections name it, like {@code sql-insert}
 * @param title       for people
 * @param description one sentence for people
 * @param properties  the settings that a connection may or must give
 * @param needsUrl    whether a connection must give {@code outboundUrl}; otherwise it must not
 * @param offered     whether a connection may name it; false for actions of rules
 */
public record Connector(
        String name, String title, String description, PropertySchema properties, boolean needsUrl, boolean offered) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");

    /** Throws a {@link BadConnectorException} if the catalogue cannot offer this connector. */
    public Connector {
        if (!NAME.matcher(name).matches()) {
            throw new BadConnectorException("\"" + name + "\" cannot be the name of a connector: use at most 64 lower"
                    + " case letters, digits and hyphens.");
        }
        properties.flaw().ifPresent(flaw -> {
            throw new BadConnectorException("The properties of the connector " + name + " cannot be used: " + flaw);
        });
    }

    /** Returns a connector for actions of rules, configured by the rule alone. */
    public static Connector ofRules(String name, String title, String description) {
        return new Connector(name, title, description, PropertySchema.NONE, false, false);
    }
}
