package com.mobileapiconnect.bridge.connector;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A way to reach a target. The feature that sends publishes it as a bean, beside the {@code Sender} of the same name; or
 * it is a file, which one sender serves for all.
 *
 * @param name        as connections name it, like {@code sql-insert}
 * @param title       for people
 * @param description one sentence for people
 * @param properties  the settings that a connection may or must give
 * @param kind        who brought it
 * @param needs       what a connection must give: {@link #URL} beside the properties, and the properties that name a
 *     resource of this kind, such as {@code database}. Without {@link #URL} a connection must give no {@code outboundUrl}
 * @param offered     whether a connection may name it; false for actions of rules
 */
public record Connector(
        String name,
        String title,
        String description,
        PropertySchema properties,
        Kind kind,
        List<String> needs,
        boolean offered) {

    /** Needed by a connector that calls the connection's URL. */
    public static final String URL = "outboundUrl";

    public static final int LONGEST_NAME = 64;

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

    /** Throws a {@link BadConnectorException} if the catalogue cannot offer this connector. */
    public Connector {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw new BadConnectorException("\"" + name + "\" cannot be the name of a connector: use at most "
                    + LONGEST_NAME + " lower case letters, digits and hyphens.");
        }
        properties.flaw().ifPresent(flaw -> {
            throw new BadConnectorException("The properties of the connector " + name + " cannot be used: " + flaw);
        });
        needs = List.copyOf(needs);
    }

    /** @param needsUrl whether a connection must give {@code outboundUrl}; otherwise it must not */
    public Connector(
            String name,
            String title,
            String description,
            PropertySchema properties,
            boolean needsUrl,
            boolean offered) {
        this(name, title, description, properties, Kind.PRODUCT, needsUrl ? List.of(URL) : List.of(), offered);
    }

    public boolean needsUrl() {
        return needs.contains(URL);
    }

    /** Returns a connector for actions of rules, configured by the rule alone. */
    public static Connector ofRules(String name, String title, String description) {
        return new Connector(name, title, description, PropertySchema.NONE, false, false);
    }
}
