package com.mobileapiconnect.bridge.portal;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page to which an id of the API leads, wherever somebody types one. */
final class Ids {

    private static final Pattern ID = Pattern.compile("([a-z]{3,4})_[A-Za-z0-9_-]{1,80}");
    private static final String OUTGOING = "out";
    private static final Map<String, String> BY_PREFIX = Map.of(
            "msg", "/messages/",
            "dlv", "/deliveries/",
            "con", "/connections/",
            "rule", "/rules/",
            "dev", "/phones/",
            "job", "/deliveries/jobs/");
    private static final String TENANT = "ten";

    private Ids() {}

    /** @return null for what is no id, or leads nowhere */
    static @Nullable String path(Visit visit, String typed) {
        var id = ID.matcher(typed);
        if (!id.matches()) {
            return null;
        } else if (visit.byOperator()) {
            return ofOperator(typed);
        } else if (id.group(1).equals(OUTGOING)) {
            return conversation(visit, typed);
        }
        return page(typed);
    }

    /** Returns the page of what the operator has; null for none, or for what is no id. */
    static @Nullable String ofOperator(String id) {
        var parts = ID.matcher(id);
        return parts.matches() && parts.group(1).equals(TENANT) ? "/tenants/" + id : null;
    }

    /** Returns the page that is a tenant's thing's own; null for what has none, or is no id. */
    static @Nullable String page(String id) {
        var parts = ID.matcher(id);
        String page = parts.matches() ? BY_PREFIX.get(parts.group(1)) : null;
        return page == null ? null : page + id;
    }

    /** Returns where an SMS to a customer stands: it has no page of its own. */
    private static @Nullable String conversation(Visit visit, String outgoing) {
        Answer sms = visit.get("/v1/outgoing/" + outgoing);
        return sms.isGood() ? Conversation.address(sms.text("to"), null) : null;
    }
}
