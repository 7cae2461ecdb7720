package com.mobileapiconnect.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a document names a constant of the code, it has that constant's value. */
class CodeConstantsTest {

    @SuppressWarnings("unused") // read by their names
    private static final class Bounds {
        private static final int MOST = 200;
        private static final double LOWEST = 0.01;
        private static final double WHOLE = 100;
        private static final Duration LONGEST = Duration.ofHours(6);
    }

    private static final String HERE = "server.CodeConstantsTest.Bounds.";

    @Test
    void aNameAloneIsTheNumber() {
        assertThat(CodeConstants.in(Map.of(
                        "maxLength",
                        "${" + HERE + "MOST}",
                        "minimum",
                        "${" + HERE + "LOWEST}",
                        "maximum",
                        "${" + HERE + "WHOLE}")))
                .isEqualTo(Map.of("maxLength", Bounds.MOST, "minimum", Bounds.LOWEST, "maximum", 100L));
    }

    @Test
    void aNameInATextIsAPartOfIt() {
        assertThat(CodeConstants.in(List.of(
                        "[0-9]{1,${" + HERE + "MOST}}", "up to ${" + HERE + "LONGEST}.", "${" + HERE + "LONGEST}")))
                .isEqualTo(List.of("[0-9]{1,200}", "up to PT6H.", "PT6H"));
    }

    @Test
    void whatIsNoNameOfTheCodeStaysAsItIs() {
        Object tree = List.of("${env:ERP_SECRET}", "${property}", "{{from}}", true, 7);

        assertThat(CodeConstants.in(tree)).isEqualTo(tree);
    }

    @Test
    void aNameThatTheCodeDoesNotHaveIsAFault() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CodeConstants.in("${" + HERE + "GONE}"))
                .withMessageContaining(HERE + "GONE");
    }
}
