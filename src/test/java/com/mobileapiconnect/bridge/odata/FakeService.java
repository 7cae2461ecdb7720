package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers as services of OData were seen to. */
final class FakeService {

    static final String METADATA = """
            <?xml version="1.0" encoding="UTF-8"?>
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
              <edmx:DataServices>
                <Schema Namespace="desk" xmlns="http://docs.oasis-open.org/odata/ns/edm">
                  <EntityContainer Name="All"><EntitySet Name="Sms" EntityType="desk.Sms"/></EntityContainer>
                  <EntityType Name="Sms">
                    <Key><PropertyRef Name="ID"/></Key>
                    <Property Name="ID" Type="Edm.String" Nullable="false" MaxLength="40"/>
                    <Property Name="text" Type="Edm.String"/>
                  </EntityType>
                </Schema>
              </edmx:DataServices>
            </edmx:Edmx>
            """;

    private FakeService() {}

    static boolean isMetadata(Receiver.Got got) {
        return got.path().endsWith("/$metadata");
    }

    static Answer metadata() {
        return new Answer(200, Map.of("Content-Type", "application/xml"), METADATA.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer error(int status, String code) {
        return json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"said so\"}}");
    }
}
