package com.mobileapiconnect.bridge.client;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param url     with a host; user name and fragment are not sent
 * @param headers besides {@code Host} and {@code Content-Length}, which the client writes itself
 * @param body    null for a method without one; not to be changed afterwards
 */
public record Request(String method, URI url, Map<String, String> headers, byte @Nullable [] body) {}
