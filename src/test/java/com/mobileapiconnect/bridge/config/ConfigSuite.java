package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A tenant on a bridge that is shared, and its configuration as a file. */
abstract class ConfigSuite extends SharedBridgeSuite {

    static final List<String> PARTS =
            Arrays.stream(Part.values()).map(Part::wireName).toList();
    static final String SECRET = "whsec_0123456789abcdef";

    Api tenant;

    @BeforeEach
    void aTenant() {
        tenant = bridge.newTenant().api();
    }

    static String export(Api from) {
        return from.get("/v1/config").expect(200).text();
    }

    static JsonNode put(Api to, String file) {
        return to.put("/v1/config", file).expect(200).json();
    }

    static void assertThatNothingChanged(JsonNode answer) {
        assertThat(PARTS).allSatisfy(part -> assertThat(
                        answer.at("/" + part + "/created").size()
                                + answer.at("/" + part + "/changed").size()
                                + answer.at("/" + part + "/removed").size())
                .as(part + " of " + answer)
                .isZero());
    }

    static List<String> lacking(JsonNode answer) {
        return answer.path("needsSecret").findValuesAsText("field");
    }
}
