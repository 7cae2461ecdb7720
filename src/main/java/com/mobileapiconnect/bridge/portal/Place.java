package com.mobileapiconnect.bridge.portal;

/** A link of the navigation. */
enum Place {
    HOME(""),
    MESSAGES("messages"),
    RULES("rules"),
    WEBHOOKS("webhooks"),
    CONNECTIONS("connections"),
    DELIVERIES("deliveries"),
    PHONES("phones"),
    ROUTES("routes"),
    TENANTS("tenants"),
    SETTINGS("settings"),
    /** Beside the button to sign out, and for a tenant alone. */
    ACCOUNT("account");

    private final String path;

    Place(String path) {
        this.path = path;
    }

    String path() {
        return "/" + path;
    }

    /** Returns the key of its name in the bundles. */
    String key() {
        return "nav." + (path.isEmpty() ? "home" : path);
    }

    /** Returns whether only the operator has it. */
    boolean ofOperator() {
        return compareTo(ROUTES) >= 0 && this != ACCOUNT;
    }
}
