package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.databind.JsonNode;

/** The JSON object of a request, whatever content type its sender claimed. */
public record JsonBody(JsonNode node) {}
