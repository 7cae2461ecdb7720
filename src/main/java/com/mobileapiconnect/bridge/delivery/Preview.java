package com.mobileapiconnect.bridge.delivery;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that a sender would make, with secrets masked. */
public interface Preview {

    /** Stands in the place of each secret. */
    String MASK = "***";

    String method();

    String target();

    /** Returns the headers in their order. */
    Map<String, String> headers();

    @Nullable String body();
}
