package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar tells what it is made of. */
class SbomIT {

    @Test
    void theJarHoldsItsBillOfMaterialsAndNothingInItIsTheTimeOfTheBuild() throws IOException {
        JsonNode bill;
        try (JarFile jar = new JarFile("target/erp-bridge.jar");
                InputStream entry = jar.getInputStream(jar.getJarEntry("META-INF/sbom/application.cdx.json"))) {
            bill = new JsonMapper().readTree(entry);
        }
        String sqlite = "pkg:maven/org.xerial/sqlite-jdbc@" + sqlite();
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.at("/metadata/component/name").asText()).isEqualTo("erp-bridge");
        assertThat(bill.at("/metadata/timestamp").isMissingNode()).isTrue();
        assertThat(bill.findValuesAsText("purl"))
                .anyMatch(library -> library.startsWith(sqlite))
                .anyMatch(library -> library.startsWith("pkg:maven/org.apache.tomcat.embed/tomcat-embed-core@"))
                .noneMatch(library -> library.contains("junit"))
                .noneMatch(library -> library.contains("jmh"));
    }

    private static String sqlite() throws IOException {
        Properties driver = new Properties();
        try (InputStream properties = SbomIT.class.getResourceAsStream("/sqlite-jdbc.properties")) {
            driver.load(properties);
        }
        return driver.getProperty("version");
    }
}
