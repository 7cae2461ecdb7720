package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file for spreadsheets shows what an SMS says, and computes nothing. */
class CsvTest {

    record Row(@Nullable String text, int n) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://x\";\"y\")",
                "+1+1",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uFF1D1+1",
                "\uFF20x",
                "+91 98765 43210"
            })
    void whatASpreadsheetWouldComputeBeginsWithAnApostrophe(String text) {
        assertThat(Csv.cell(text)).startsWith("\"'").endsWith("\"").contains(text.substring(1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"balance", "919876543210", "a=b", "2026-06-12T14:32:00.000Z", "'quoted", ""})
    void everythingElseIsAsItIs(String text) {
        assertThat(Csv.cell(text)).isEqualTo('"' + text + '"');
    }

    @Test
    void quotesAreDoubledAndLinesStayWithinTheirCell() {
        assertThat(Csv.cell("say \"hi\",\nplease")).isEqualTo("\"say \"\"hi\"\",\nplease\"");
    }

    @Test
    void aRowHasACellForEachColumn() {
        Csv<Row> csv = Csv.of("rows", Row.class, Call.get("/v1/rows"))
                .with("text", Row::text)
                .with("n", Row::n);

        assertThat(csv.head()).isEqualTo("\"text\",\"n\"\r\n");
        assertThat(csv.row(new Row(null, 7))).isEqualTo("\"\",\"7\"\r\n");
    }
}
