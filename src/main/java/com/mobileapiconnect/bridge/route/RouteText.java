package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.route.RouteFault.Place;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text of a route that is YAML, as a tree with the place of each part.
 *
 * @param name   of the route's file, without its ending
 * @param values the places of values, by their JSON pointers
 * @param keys   the places of the names of values, by the pointers of the values
 */
public record RouteText(String name, String text, JsonNode tree, Map<String, Place> values, Map<String, Place> keys) {

    /** The most bytes of a text. */
    public static final int MOST_BYTES = 256 << 10;

    /** Names of routes, which are names of files and parts of URLs. */
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Returns the place of a value, or else the one of the nearest part around it. */
    Place place(String pointer) {
        return nearest(values, pointer);
    }

    /** Returns the place of the name of a value. */
    Place key(String pointer) {
        Place found = keys.get(pointer);
        return found == null ? place(pointer) : found;
    }

    private static Place nearest(Map<String, Place> places, String pointer) {
        for (String at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
            Place found = places.get(at);
            if (found != null || at.lastIndexOf('/') < 0) {
                return found == null ? Place.NOWHERE : found;
            }
        }
    }
}
