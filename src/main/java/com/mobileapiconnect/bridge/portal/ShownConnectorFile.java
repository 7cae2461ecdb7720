package com.mobileapiconnect.bridge.portal;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of a connector as it was last read, with what is wrong with it. */
record ShownConnectorFile(String file, String status, String at, List<RouteEditor.Fault> errors) {

    static final String API = "/v1/connectors/files";

    private static final String A_PAGE = "100";

    /** A page of the files, those first that want somebody. */
    record Listed(List<ShownConnectorFile> files, @Nullable String more) {}

    Fate fate() {
        return switch (status) {
            case "used" -> Fate.DELIVERED;
            case "outdated" -> Fate.HELD;
            default -> Fate.FAILED;
        };
    }

    static Listed page(Visit visit) {
        Answer answer = visit.call(
                Call.get(API).with("limit", A_PAGE).with("cursor", visit.form().get("cursor")));
        return new Listed(
                answer.list(ShownConnectorFile.class).stream()
                        .sorted(Comparator.comparing(ShownConnectorFile::fate).thenComparing(ShownConnectorFile::file))
                        .toList(),
                answer.next());
    }
}
