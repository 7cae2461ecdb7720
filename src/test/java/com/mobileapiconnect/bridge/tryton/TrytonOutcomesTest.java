package com.mobileapiconnect.bridge.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.support.OutcomesDoc;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of outcomes, and the page that says the same. */
class TrytonOutcomesTest {

    @Test
    void everyAnswerComesToWhatThePageSays() {
        List<String> errors = List.of(
                "UserError",
                "UserWarning",
                "KeyError",
                "ValueError",
                "TypeError",
                "AttributeError",
                "AssertionError",
                "NotImplementedError",
                "ConcurrencyException",
                "Exception",
                RpcAnswer.STRANGE);
        for (int status = 100; status < 600; status++) {
            assertThat(words(status, null)).as("%d", status).isEqualTo(OutcomesDoc.of("Tryton", "" + status, "-"));
        }
        for (String error : errors) {
            assertThat(words(200, error)).as(error).isEqualTo(OutcomesDoc.of("Tryton", "200", error));
        }
    }

    private static String words(int status, @Nullable String error) {
        return OutcomesDoc.words(
                TrytonWriter.TABLE.verdict(status, error).outcome(new SystemAnswer(status, "said so", "")));
    }
}
