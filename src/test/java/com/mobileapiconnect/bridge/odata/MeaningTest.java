package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.support.OutcomesDoc;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What answers of services mean is what the page of outcomes says. */
class MeaningTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");

    private static Answered answer(int status, String code) {
        String body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"said so\"}}";
        return new Answered(new HttpAnswer(status, body, null, null, null), Map.of());
    }

    @Test
    void everyAnswerComesToWhatThePageSays() {
        List<String> codes = Stream.concat(
                        OutcomesDoc.rows("OData").stream()
                                .map(row -> row.error().replace("*", "_X")),
                        Stream.of("none"))
                .distinct()
                .toList();
        for (int status = 100; status < 600; status++) {
            for (String code : codes) {
                Answered answer = answer(status, code);
                String was = Meaning.of(answer) == Meaning.DONE
                        ? "done"
                        : OutcomesDoc.words(Meaning.failure(answer, JsonNodeFactory.instance.objectNode(), NOW));
                assertThat(was).as("%d %s", status, code).isEqualTo(OutcomesDoc.of("OData", "" + status, code));
            }
        }
    }

    @Test
    void thePageNamesTheAnswersAfterWhichTheKeyIsAskedFor() {
        var asked = IntStream.range(100, 600)
                .filter(status -> {
                    Meaning meaning = Meaning.of(answer(status, "X"));
                    return meaning == Meaning.DUPLICATE || meaning == Meaning.OTHER_VERSION;
                })
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        var told = Pattern.compile("after ((?:\\d{3}\\s)+)the service is asked").matcher(OutcomesDoc.section("OData"));
        assertThat(told.find()).isTrue();
        assertThat(Stream.of(told.group(1).strip().split("\\s+")).map(Integer::valueOf))
                .containsExactlyElementsOf(asked);
    }
}
