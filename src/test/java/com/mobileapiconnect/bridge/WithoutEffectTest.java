package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Settings that were given and do nothing. */
class WithoutEffectTest {

    private static List<String> said(Map<String, Object> variables, boolean onPostgres, boolean first) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(each -> environment.getPropertySources().remove(each.getName()));
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("variables", variables));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "Config resource 'class path resource [application.yaml]'",
                        Map.of(
                                "bridge.data-dir",
                                "data",
                                "bridge.backup.keep",
                                7,
                                "bridge.bootstrap.tenant-name",
                                "D")));
        return WithoutEffect.of(environment, onPostgres, first);
    }

    @Test
    void whatCountsOnTheFirstStartAloneIsNamedAtALaterOne() {
        Map<String, Object> given =
                Map.of("BRIDGE_DELIVERY_ALLOWED_NETWORKS", "10.0.0.0/8", "BRIDGE_BOOTSTRAP_REGION", "IN");
        assertThat(said(given, false, true)).isEmpty();
        assertThat(said(given, false, false))
                .singleElement()
                .asString()
                .contains("BRIDGE_DELIVERY_ALLOWED_NETWORKS, BRIDGE_BOOTSTRAP_REGION", "PATCH /v1/tenants/{id}");
    }

    @Test
    void whatIsForTheOtherDatabaseIsNamed() {
        Map<String, Object> given =
                Map.of("BRIDGE_DATA_DIR", "/data", "BRIDGE_BACKUP_DIR", "/b", "BRIDGE_DATABASE_ANSWER_WITHIN", "PT5S");
        assertThat(said(given, true, true)).singleElement().asString().endsWith("BRIDGE_DATA_DIR, BRIDGE_BACKUP_DIR");
        assertThat(said(given, false, true)).singleElement().asString().endsWith("BRIDGE_DATABASE_ANSWER_WITHIN");
    }

    @Test
    void aKeyBeforeWithoutAnythingSealedByItIsNamedAndNoKeyIsShown() {
        assertThat(said(Map.of("BRIDGE_MASTER_KEY_PREVIOUS", "secret"), false, true))
                .singleElement()
                .asString()
                .contains("BRIDGE_MASTER_KEY_PREVIOUS")
                .doesNotContain("secret");
    }

    @Test
    void defaultsAndBlanksAreGivenByNobody() {
        assertThat(said(Map.of("BRIDGE_BACKUP_DIR", ""), true, false)).isEmpty();
    }
}
