package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.AnyText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The id of a capture is a function of what makes it that capture, and of nothing else. */
class MessageIdTest {

    record Captured(String device, String phoneId, String from, String text) {
        String id() {
            return MessageId.of(device, phoneId, from, text);
        }
    }

    @Property(tries = 200)
    void twoCapturesHaveOneIdExactlyWhenTheyAreTheSame(@ForAll("captures") List<Captured> captures) {
        Map<String, Captured> seen = new HashMap<>();
        for (Captured capture : captures) {
            Captured same = seen.putIfAbsent(capture.id(), capture);
            assertThat(same == null ? capture : same).isEqualTo(capture);
            assertThat(new Captured(capture.device(), capture.phoneId(), capture.from(), capture.text()).id())
                    .isEqualTo(capture.id())
                    .matches("msg_[0-9a-hjkmnp-tv-z]{26}");
        }
    }

    @Property(tries = 200)
    void whereOneFieldEndsAndTheNextBeginsCounts(@ForAll("text") String text, @ForAll("text") String more) {
        String whole = text + "x" + more;
        for (int cut = 0; cut < whole.length(); cut++) {
            String left = whole.substring(0, cut);
            String right = whole.substring(cut);
            assertThat(MessageId.of("dev_1", "p", left, right + "y"))
                    .isNotEqualTo(MessageId.of("dev_1", "p", left + right, "y"));
            assertThat(MessageId.of("dev_1", left, right, "y"))
                    .isNotEqualTo(MessageId.of("dev_1", left + right, "", "y"));
        }
    }

    @Property(tries = 200)
    void capturesOfOnePhoneIdShareTheFirstPart(@ForAll("text") String one, @ForAll("text") String other) {
        String first = MessageId.of("dev_1", "p", "1", one);
        assertThat(MessageId.sharedPart(MessageId.of("dev_1", "p", "2", other))).isEqualTo(MessageId.sharedPart(first));
        assertThat(MessageId.sharedPart(MessageId.of("dev_2", "p", "1", one)))
                .isNotEqualTo(MessageId.sharedPart(first));
    }

    /** Few values for each field, so that many share some of them. */
    @Provide
    Arbitrary<List<Captured>> captures() {
        Arbitrary<String> near =
                Arbitraries.oneOf(Arbitraries.of("", "a", "aa", "b", "ab", "\u00e9", "e\u0301"), text());
        return Combinators.combine(Arbitraries.of("dev_1", "dev_2"), near, near, near)
                .as(Captured::new)
                .list()
                .ofMaxSize(60);
    }

    /** As the bridge keeps it: no two different texts are the same bytes. */
    @Provide
    Arbitrary<String> text() {
        return AnyText.upTo(12).map(AnyText::kept);
    }
}
