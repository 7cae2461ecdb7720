package com.mobileapiconnect.bridge.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator names databases, brokers and folders; their passwords are kept well, and none is the bridge's own. */
@OnBothDatabases
class ResourcesTest {

    private static RunningBridge bridge;
    private static Database database;
    private static Path files;
    private static Path data;

    @BeforeDatabase
    static void start(Database on, @TempDir Path directory) throws IOException {
        database = on;
        files = Files.createDirectories(directory.resolve("erp"));
        data = directory.resolve("data");
        Path set = Files.writeString(directory.resolve("resources.yaml"), """
                ledger:
                  kind: database
                  url: jdbc:postgresql://nowhere.example:5432/ledger?user=bridge
                  password: ${file:password.txt}
                  tenants: all
                """);
        Files.writeString(directory.resolve("password.txt"), "from-a-file\n");
        bridge = RunningBridge.start(data, on, "bridge.resources=" + set);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private final Api operator = bridge.operator();

    @AfterEach
    void deleteAll() {
        operator.get("/v1/resources")
                .json()
                .get("data")
                .forEach(each ->
                        operator.delete("/v1/resources/" + each.get("name").asText()));
    }

    private static String sqlite(Path file, String more) {
        return "{\"kind\":\"database\",\"url\":\"jdbc:sqlite:" + file + "\",\"tenants\":\"all\"" + more + "}";
    }

    @Test
    void aDatabaseIsPutShownWithoutItsPasswordAndDeleted() {
        Api.Reply put = operator.put(
                        "/v1/resources/erp",
                        sqlite(files.resolve("erp.db"), ",\"username\":\"u\",\"password\":\"pa55word\""))
                .expect(200);
        assertThat(put.text()).doesNotContain("pa55word");
        assertThat(put.json().get("password").booleanValue()).isTrue();
        assertThat(put.header("ETag")).isEqualTo("\"1\"");

        Api.Reply got = operator.get("/v1/resources/erp").expect(200);
        assertThat(got.text()).isEqualTo(put.text());
        assertThat(operator.get("/v1/resources").json().findValuesAsText("name"))
                .contains("erp", "ledger");

        operator.delete("/v1/resources/erp").expect(204);
        operator.get("/v1/resources/erp").expect(404);
        operator.delete("/v1/resources/erp").expect(404);
    }

    @Test
    void itsPasswordIsSealedAtRest() {
        operator.put("/v1/resources/erp", sqlite(files.resolve("erp.db"), ",\"password\":\"pa55word\""))
                .expect(200);

        byte[] box = bridge.bean(Store.class).read(sql -> sql.sql("select secrets from resource where id = 'erp'")
                .query((row, n) -> row.getBytes(1))
                .single());
        assertThat(new String(box, StandardCharsets.ISO_8859_1)).doesNotContain("pa55word");
        String place = bridge.bean(Store.class).read(sql -> sql.sql("select place from resource where id = 'erp'")
                .query(String.class)
                .single());
        assertThat(place).doesNotContain("pa55word");
    }

    @Test
    void aPasswordIsKeptWhereItWasMeantForAndRemovedByNull() {
        Path file = files.resolve("kept.db");
        operator.put("/v1/resources/erp", sqlite(file, ",\"password\":\"pa55word\""))
                .expect(200);

        assertThat(operator.put("/v1/resources/erp", sqlite(file, ",\"maxConnections\":2"))
                        .expect(200)
                        .json()
                        .has("password"))
                .isTrue();
        Api.Reply elsewhere = operator.put("/v1/resources/erp", sqlite(files.resolve("other.db"), ""));
        assertThat(elsewhere.expect(422).at("/errors/0/field")).isEqualTo("password");
        assertThat(operator.put("/v1/resources/erp", sqlite(file, ",\"password\":null"))
                        .expect(200)
                        .json()
                        .has("password"))
                .isFalse();
    }

    @Test
    void theBridgesOwnDatabaseIsRefusedByWhateverName() throws IOException {
        for (String url : own()) {
            Api.Reply refused = operator.put(
                            "/v1/resources/own", "{\"kind\":\"database\",\"url\":\"" + url + "\",\"tenants\":\"all\"}")
                    .expect(422);
            assertThat(refused.at("/errors/0/message")).contains("the bridge's own database");
        }
    }

    private static List<String> own() throws IOException {
        if (database == Database.SQLITE) {
            Path link = files.resolve("link" + System.nanoTime());
            Files.createSymbolicLink(link, data.resolve("bridge.db"));
            Path directory = files.resolve("dir" + System.nanoTime());
            Files.createSymbolicLink(directory, data);
            Path hard = files.resolve("hard" + System.nanoTime());
            Files.createLink(hard, data.resolve("bridge.db"));
            return Stream.of(
                            data.resolve("bridge.db"),
                            data.resolve("../data/./bridge.db"),
                            link,
                            directory.resolve("bridge.db"),
                            hard)
                    .map(path -> "jdbc:sqlite:" + path)
                    .toList();
        }
        String name = bridge.bean(Store.class)
                .read(sql ->
                        sql.sql("select current_database()").query(String.class).single());
        int port = bridge.bean(Store.class).read(sql -> sql.sql("select inet_server_port()")
                .query(Integer.class)
                .single());
        return Stream.of("127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]")
                .map(host -> "jdbc:postgresql://" + host + ":" + port + "/" + name + "?user=postgres")
                .toList();
    }

    @Test
    void aResourceThatNobodyTriedOutIsNotTheBridgesOwnEither() throws Exception {
        String url = own().get(own().size() - 1);
        Api.Reply put = operator.put(
                "/v1/resources/own?check=false", "{\"kind\":\"database\",\"url\":\"" + url + "\",\"tenants\":\"all\"}");
        if (put.status() == 422) {
            return; // its file tells already
        }
        Resource own = bridge.bean(Resources.class).find("own").orElseThrow();
        JdbcPool pool = bridge.bean(JdbcPools.class).of(own, "ten_x");

        assertThat(pool.call(System.nanoTime() + 60_000_000_000L, (connection, deadline) -> "reached"))
                .failsWithin(Duration.ofSeconds(120))
                .withThrowableThat()
                .withMessageContaining("the bridge's own database");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\":\"ftp\",\"tenants\":\"all\"}",
                "{\"kind\":\"folder\",\"path\":\"/tmp\"}",
                "{\"kind\":\"folder\",\"path\":\"/tmp\",\"tenants\":\"some\"}",
                "{\"kind\":\"folder\",\"path\":\"/tmp\",\"tenants\":[\"ten_none\"]}",
                "{\"kind\":\"folder\",\"path\":\"/tmp\",\"url\":\"jdbc:sqlite:x\",\"tenants\":\"all\"}",
                "{\"kind\":\"database\",\"tenants\":\"all\"}",
                "{\"kind\":\"database\",\"url\":\"jdbc:sqlite:/tmp/x.db\",\"maxConnections\":0,\"tenants\":\"all\"}",
                "{\"kind\":\"database\",\"url\":\"jdbc:sqlite:/tmp/x.db\",\"password\":true,\"tenants\":\"all\"}",
                "{\"kind\":\"database\",\"url\":\"jdbc:postgresql://h/d?socketFactory=x\",\"tenants\":\"all\"}",
                "{\"kind\":\"kafka\",\"bootstrapServers\":\"broker\",\"tenants\":\"all\"}",
                "{\"kind\":\"kafka\",\"bootstrapServers\":\"b:9092\",\"properties\":{\"acks\":\"0\"},\"tenants\":\"all\"}"
            })
    void badFieldsAreNamedAndNothingIsMade(String body) {
        Api.Reply refused = operator.put("/v1/resources/bad?check=false", body).expect(422);
        assertThat(refused.json().get("errors")).isNotEmpty();
        operator.get("/v1/resources/bad").expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Erp", "1erp", "e_rp", "intake"})
    void aNameThatIsNoneOrTakenIsRefused(String name) {
        Api.Reply refused = operator.put("/v1/resources/" + name, sqlite(files.resolve("x.db"), ""))
                .expect(422);
        assertThat(refused.at("/errors/0/field")).isEqualTo("name");
    }

    @Test
    void ofTwoCallersAtOnceTheSecondIsTold() {
        Path file = files.resolve("two.db");
        String seen =
                operator.put("/v1/resources/erp", sqlite(file, "")).expect(200).header("ETag");
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(sqlite(file, ",\"maxConnections\":9"));
        operator.send(operator.request("/v1/resources/erp")
                        .header("If-Match", seen)
                        .PUT(body))
                .expect(200);

        operator.send(operator.request("/v1/resources/erp")
                        .header("If-Match", seen)
                        .PUT(body))
                .expect(412);
        operator.send(operator.request("/v1/resources/erp")
                        .header("If-Match", seen)
                        .DELETE())
                .expect(412);
        operator.delete("/v1/resources/erp").expect(204);
    }

    @Test
    void aSettingGoesFirstAndIsChangedThereAlone() {
        Api.Reply set = operator.get("/v1/resources/ledger").expect(200);
        assertThat(set.at("/source")).isEqualTo("setting");
        assertThat(set.at("/url")).isEqualTo("jdbc:postgresql://nowhere.example:5432/ledger");
        assertThat(set.at("/username")).isEqualTo("bridge");
        assertThat(set.text()).doesNotContain("from-a-file");

        operator.put("/v1/resources/ledger?check=false", sqlite(files.resolve("x.db"), ""))
                .expect(409);
        operator.delete("/v1/resources/ledger").expect(409);
    }

    @Test
    void nobodyButTheOperatorSeesThem() {
        bridge.tenant().get("/v1/resources").expect(403);
        bridge.nobody().get("/v1/resources").expect(401);
        bridge.tenant().put("/v1/resources/erp", "{}").expect(403);
        bridge.tenant().delete("/v1/resources/ledger").expect(403);
    }

    @Test
    void aDatabaseThatWasPutIsABeanOfRoutesUntilItIsDeleted() throws SQLException {
        operator.put("/v1/resources/erp", sqlite(files.resolve("one.db"), "")).expect(200);
        assertThat(fileOf("erp")).endsWith("one.db");

        operator.put("/v1/resources/erp", sqlite(files.resolve("two.db"), "")).expect(200);
        assertThat(fileOf("erp")).endsWith("two.db");

        operator.delete("/v1/resources/erp").expect(204);
        assertThat(bridge.bean(Databases.class).find("erp")).isNull();
    }

    /** A route that runs holds the bean; the name may come back. */
    @Test
    void aDatabaseThatIsPutBackIsOneAgainForWhateverRuns() throws SQLException {
        operator.put("/v1/resources/erp", sqlite(files.resolve("one.db"), "")).expect(200);
        RouteDatabase held = bridge.bean(Databases.class).find("erp");
        held.getConnection().close();

        operator.delete("/v1/resources/erp").expect(204);
        assertThatThrownBy(held::getConnection).hasMessage("The operator has taken the database erp away");

        operator.put("/v1/resources/erp", sqlite(files.resolve("two.db"), "")).expect(200);
        assertThat(bridge.bean(Databases.class).find("erp")).isSameAs(held);
        held.getConnection().close();
        assertThat(fileOf("erp")).endsWith("two.db");
    }

    private static String fileOf(String name) throws SQLException {
        try (Connection connection = bridge.beans(DataSource.class).stream()
                        .filter(bridge.bean(Databases.class).find(name)::equals)
                        .findFirst()
                        .orElseThrow()
                        .getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select file from pragma_database_list")) {
            row.next();
            return row.getString(1);
        }
    }
}
