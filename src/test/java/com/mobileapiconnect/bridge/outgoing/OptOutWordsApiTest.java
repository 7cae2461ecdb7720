package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words that stop replies, from outside: what is stored for each of them, and a tenant's own. */
@OnBothDatabases
class OptOutWordsApiTest {

    private static final List<String> STOPS = List.of(
            "STOP",
            "stop",
            "\u00a0Stop\n",
            "\u200bSTOP\ufeff",
            "STOP.",
            "\"STOP\"",
            "“Stop”",
            "(stop)",
            "*stop*",
            "¡Stop!",
            "opt out",
            "OPT-OUT",
            "stop all",
            "ARRÊT",
            "arre\u0302t",
            "ＳＴＯＰ",
            "BAJA",
            "Стоп!",
            "退订",
            "İPTAL",
            "unsubscribe",
            "STOP 🛑",
            "बंद",
            "إيقاف",
            "Abmelden");
    private static final List<String> NO_STOPS = List.of(
            "don't stop",
            "stop it",
            "Please STOP",
            "the end",
            "cancel my order",
            "STOP 1",
            "bus stop",
            "stopping",
            "baja velocidad",
            "стоп кран",
            "a",
            "",
            "!",
            "🛑",
            "restart",
            "all stop",
            "end of May",
            "st0p",
            "nonstop",
            "stop. start");

    static Database database;

    private RunningBridge bridge;
    private Api tenant;
    private Api phone;

    @BeforeDatabase
    static void on(Database each) {
        database = each;
    }

    @AfterDatabase
    static void off() {
        database = null;
    }

    @BeforeEach
    void pair() {
        bridge = RunningBridge.shared(database);
        tenant = bridge.tenant();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"Desk\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    /** Has each text said by a number of its own: the first by …00, the second by …01. */
    private void say(String prefix, List<String> texts) {
        ObjectNode backlog = JsonNodeFactory.instance.objectNode();
        ArrayNode messages = backlog.putArray("messages");
        for (int i = 0; i < texts.size(); i++) {
            messages.addObject().put("from", number(prefix, i)).put("text", texts.get(i));
        }
        phone.post("/v1/inbound", backlog.toString()).expect(202);
    }

    private static String number(String prefix, int i) {
        return prefix + (10 + i);
    }

    private TreeSet<String> optedOut() {
        TreeSet<String> numbers = new TreeSet<>();
        for (JsonNode each :
                tenant.get("/v1/opt-outs?limit=500").expect(200).json().get("data")) {
            numbers.add(each.get("number").asText());
        }
        return numbers;
    }

    private static TreeSet<String> numbers(String prefix, List<String> texts) {
        TreeSet<String> numbers = new TreeSet<>();
        for (int i = 0; i < texts.size(); i++) {
            numbers.add(number(prefix, i));
        }
        return numbers;
    }

    @Test
    void whoSaysTheWordInAnyWayIsNotWrittenToUntilHeSaysTheOther() {
        say("9198000000", STOPS);
        say("9198000001", NO_STOPS);

        assertThat(optedOut()).isEqualTo(numbers("9198000000", STOPS));

        List<String> starts = Stream.of(
                        "START",
                        " start!",
                        "UNSTOP",
                        "“Start”",
                        "ＳＴＡＲＴ",
                        "opt in",
                        "\u200bstart",
                        "Старт",
                        "*unstop*",
                        "OPT-IN")
                .toList();
        say("9198000000", starts);

        assertThat(optedOut())
                .hasSize(STOPS.size() - starts.size())
                .doesNotContainAnyElementsOf(numbers("9198000000", starts));
    }

    @Test
    void aTenantChoosesLanguagesAndAddsWords() {
        assertThat(tenant.get("/v1/opt-out-words").json().get("languages")).hasSize(OptOutLanguage.values().length);
        tenant.put(
                        "/v1/opt-out-words",
                        "{\"languages\":[\"es\"],\"optOutWords\":[\"No more\",\"no  MORE!\"],\"optInWords\":[\"Come back\"]}")
                .expect(200);
        JsonNode words = tenant.get("/v1/opt-out-words").json();
        assertThat(words.toString())
                .isEqualTo("{\"languages\":[\"es\"],\"optOutWords\":[\"No more\"],\"optInWords\":[\"Come back\"]}");

        say("9198000002", List.of("no more", "baja", "STOP", "Abmelden", "NOMORE."));
        assertThat(optedOut()).containsExactly("919800000210", "919800000211", "919800000212", "919800000214");
        say("9198000002", List.of("come back"));
        assertThat(optedOut()).doesNotContain("919800000210").hasSize(3);

        assertThat(tenant.get("/v1/audit").at("/data/0/action")).isEqualTo("opt-out-words.update");
        Api other = bridge.newTenant().api();
        assertThat(other.get("/v1/opt-out-words").json().get("optOutWords")).isEmpty();

        tenant.put("/v1/opt-out-words", words.toString()).expect(200);
        tenant.put("/v1/opt-out-words", "{}").expect(200);
        say("9198000003", List.of("no more", "Abmelden"));
        assertThat(optedOut()).contains("919800000311").doesNotContain("919800000310");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'languages':['xx']}             | languages[0]",
                "{'languages':'es'}               | languages",
                "{'optOutWords':['']}             | optOutWords[0]",
                "{'optOutWords':['ok','!']}       | optOutWords[1]",
                "{'optOutWords':[7]}              | optOutWords[0]",
                "{'optOutWords':'stop'}           | optOutWords",
                "{'optOutWords':['a\\nb']}        | optOutWords[0]",
                "{'optOutWords':['START']}        | optOutWords[0]",
                "{'optInWords':['Stop!']}         | optInWords[0]",
                "{'optInWords':['BAJA']}          | optInWords[0]",
                "{'optOutWords':['x y'],'optInWords':['xy']} | optInWords[0]",
                "{'optInWords':['opt out']}       | optInWords[0]",
                "{'words':[]}                     | words",
            })
    void whatMeansNothingOrBothIsRefusedAndChangesNothing(String body, String field) {
        String before = tenant.get("/v1/opt-out-words").text();

        assertThat(tenant.put("/v1/opt-out-words", body.replace('\'', '"'))
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo(field);

        assertThat(tenant.get("/v1/opt-out-words").text()).isEqualTo(before);
    }

    @Test
    void wordsAreBoundedInNumberAndLength() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode words = body.putArray("optOutWords");
        for (int i = 0; i < 51; i++) {
            words.add("word " + i);
        }
        assertThat(tenant.put("/v1/opt-out-words", body.toString()).expect(422).text())
                .contains("at most 50");
        words.removeAll().add("x".repeat(41));
        assertThat(tenant.put("/v1/opt-out-words", body.toString()).expect(422).text())
                .contains("at most 40");
    }
}
