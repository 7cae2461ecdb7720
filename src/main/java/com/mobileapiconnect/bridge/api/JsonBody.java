package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.databind.JsonNode;

/** The JSON object of a request, regardless of the content type that its sender claimed. */
public record JsonBody(JsonNode node) {}
