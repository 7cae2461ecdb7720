package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value inside an entry that is another one afterwards; null for none. A secret is {@code true}, before and after if the
 * file gives it.
 *
 * @param field its path in the entry
 */
record FieldChange(String field, JsonNode before, JsonNode after) {}
