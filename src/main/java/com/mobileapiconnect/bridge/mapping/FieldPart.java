package com.mobileapiconnect.bridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** A part of a body that is made of a mapping. */
interface FieldPart {

    /** @throws CannotBeException if a value cannot be what its field has to be, or there is no room for it */
    JsonNode in(Values values, Room room);
}
