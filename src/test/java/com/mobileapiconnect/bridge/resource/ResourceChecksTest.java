package com.mobileapiconnect.bridge.resource;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resource is tried out before it is kept, and what is wrong with it is said in words. */
class ResourceChecksTest extends SharedBridgeSuite {

    private final Api operator = bridge.operator();

    @TempDir
    Path files;

    @AfterEach
    void deleteAll() {
        List.of("erp", "bus", "drop").forEach(name -> operator.delete("/v1/resources/" + name));
    }

    @Test
    void whatCannotBeReachedIsRefusedInWordsUnlessNobodyLooks() {
        String nowhere = "{\"kind\":\"database\",\"url\":\"jdbc:postgresql://127.0.0.1:" + Ports.free()
                + "/erp\",\"tenants\":\"all\"}";

        Api.Reply refused = operator.put("/v1/resources/erp", nowhere).expect(422);
        assertThat(refused.at("/errors/0/field")).isEqualTo("url");
        assertThat(refused.at("/errors/0/message")).startsWith("leads to no database that answers: ");
        operator.get("/v1/resources/erp").expect(404);

        operator.put("/v1/resources/erp?check=false", nowhere).expect(200);
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (String url : List.of("jdbc:postgresql://127.0.0.1:%d/erp", "jdbc:mariadb://127.0.0.1:%d/erp")) {
                within(
                        180,
                        () -> { // again if the machine stood still; a driver left to itself takes thirty seconds
                            long begun = System.nanoTime();
                            operator.put(
                                            "/v1/resources/erp",
                                            "{\"kind\":\"database\",\"url\":\"" + url.formatted(silent.getLocalPort())
                                                    + "\",\"tenants\":\"all\"}")
                                    .expect(422);
                            assertThat(System.nanoTime() - begun).isLessThan(25_000_000_000L);
                        });
            }
        }
    }

    @Test
    void brokersThatAreNotThereAreRefusedInWords() {
        Api.Reply refused = operator.put(
                        "/v1/resources/bus",
                        "{\"kind\":\"kafka\",\"bootstrapServers\":\"127.0.0.1:" + Ports.free()
                                + "\",\"tenants\":\"all\"}")
                .expect(422);
        assertThat(refused.at("/errors/0/field")).isEqualTo("bootstrapServers");
        assertThat(refused.at("/errors/0/message")).startsWith("leads to no broker that answers");
    }

    @Test
    void aFolderHasToBeThereAndWritable() throws IOException {
        Path folder = Files.createDirectories(files.resolve("in"));
        operator.put("/v1/resources/drop", folder(folder)).expect(200);
        assertThat(operator.put("/v1/resources/drop", folder(files.resolve("none")))
                        .expect(422)
                        .at("/errors/0/message"))
                .isEqualTo("is no directory");
        operator.put("/v1/resources/drop", folder(Path.of("relative"))).expect(422);
        operator.put("/v1/resources/drop", folder(files.resolve("in/../in"))).expect(422);
    }

    private static String folder(Path path) {
        return "{\"kind\":\"folder\",\"path\":\"" + path + "\",\"tenants\":\"all\"}";
    }

    @Test
    void aFolderAmongTheBridgesOwnIsRefused() {
        assertThat(operator.put("/v1/resources/drop", folder(Path.of("routes").toAbsolutePath()))
                        .expect(422)
                        .at("/errors/0/message"))
                .contains("the bridge's own directories");
    }
}
