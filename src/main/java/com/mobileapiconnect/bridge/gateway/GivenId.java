package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the id that a gateway gave to an SMS in its answer. */
final class GivenId {

    private GivenId() {}

    /** Returns a text of the object of that name; null if it is not there, or the answer is no whole JSON. */
    static @Nullable String in(@Nullable String body, String object, String name) {
        PhoneObject[] inner = {PhoneObject.NONE};
        PhoneJson.Reader<PhoneObject> reader = json -> PhoneObject.read(json, (field, value) -> {
            boolean mine = field.equals(object);
            inner[0] = mine ? PhoneObject.read(value, name) : inner[0];
            return mine;
        });
        return read(body, reader) == null ? null : inner[0].text(name);
    }

    /** Returns a text of the first object in the list of that name. */
    static @Nullable String inFirst(@Nullable String body, String list, String name) {
        PhoneObject[] first = {PhoneObject.NONE};
        PhoneJson.Reader<PhoneObject> reader = json -> PhoneObject.read(json, (field, value) -> {
            boolean mine = field.equals(list) && value.isExpectedStartArrayToken();
            if (mine && value.nextToken() != JsonToken.END_ARRAY) {
                first[0] = PhoneObject.read(value, name);
                while (value.nextToken() != JsonToken.END_ARRAY) {
                    value.skipChildren();
                }
            }
            return mine;
        });
        return read(body, reader) == null ? null : first[0].text(name);
    }

    /** Returns a text of the answer itself. */
    static @Nullable String in(@Nullable String body, String name) {
        PhoneObject json = read(body, object -> PhoneObject.read(object, name));
        return json == null ? null : json.text(name);
    }

    private static @Nullable PhoneObject read(@Nullable String body, PhoneJson.Reader<PhoneObject> reader) {
        try {
            return body == null ? null : PhoneJson.object(body.getBytes(StandardCharsets.UTF_8), reader);
        } catch (JacksonException e) {
            return null;
        }
    }
}
