package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Preview;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that was not sent, with secrets masked.
 *
 * @param method  of HTTP, or what the system calls it, like {@code INSERT}
 * @param target  the URL, table or topic
 * @param headers in their order
 * @param body    what it carries; null for nothing
 */
public record ErpRequest(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body) implements Preview {}
