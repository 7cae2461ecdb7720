package com.mobileapiconnect.bridge.rulebook;

import java.util.List;

/** Texts that one tool or another takes for something else, unless they are in quotes. */
final class YamlTexts {

    static final List<String> ALL = List.of(
            // numbers
            "0049", "+4915112345678", "919876543210", "1900", "0", "-1", "+1", "007", "0o17", "0x10", "0b101", "1_000",
            "1,000", "1e3", "1E3", "1.5", "1.", ".5", "-.5", "1e+3", "6.02E+23", "12:30:45", "12:30", "190:20:30.15",
            ".inf", "-.inf", "+.INF", ".nan", ".NaN", "0.", "1_0.5",
            // dates
            "2026-06-12", "2026-6-1", "2026-06-12T14:32:00.000Z", "2026-06-12 14:32:00 +5:30", "2001-12-14t21:59:43.10-05:00",
            // words
            "y", "Y", "n", "N", "yes", "Yes", "NO", "no", "on", "ON", "off", "true", "True", "FALSE", "null", "Null",
            "NULL", "~", "nil", "nan", "inf",
            // nothing, and signs of their own
            "", " ", "=", "<<", "*", "*a", "&a", "!", "!!int", "!x", "|", ">", "%", "@", "`", "#", "# no comment", "-",
            "- a", "--", "---", "--- a", "...", "?", "? a", ":", ": a", ":sym", "a: b", "a:", "a :b", "a #b", "a#b",
            "[", "[a]", "]", "{", "{a: b}", "}", ",", ", a", "'", "''", "it's", "\"", "\"a\"", "\\", "\\n", "a\\b", "{{from}}",
            "Hi {{from}}", "key: {{text}} # x",
            // spaces and lines
            " a", "a ", "a  b", "\ta", "a\t", "a\tb", "a\n", "a\nb", "a\nb\n", "a\n\nb", "a\n\n", "a \nb",
            "a\n b", "a\r\nb", "a\rb", "- a\n- b", "a: b\nc: d", "---\na", "#a\nb", "Dear {{from}},\n\nyour text: #1\n",
            // what is hard to see
            "\uFEFFa", "a\uFEFF", "a\u200Bb", "a\u00A0", "\u00A0a", "\u202Ea", "a\u0001b",
            "a\u001Bb", "a\u007Fb", "a\u009Fb", "a\u00ADb", "a\uFFFDb",
            // the world
            "नमस्ते", "مرحبا", "日本語", "Ärger", "ß", "😀", "a😀b", "🇮🇳", "१२३", "٠١٢", "𝒳", "é", "naïve café",
            "STOP", "ARRÊT", "SAP S/4HANA", "https://erp.example.com/sms?x=1#y", "con_06h0", "PT5S", "2xx", "a/b",
            "/error", "x".repeat(300), "word ".repeat(60).strip());

    /**
     * Texts that every tool reads, and that not all write so that others can: with line breaks that only YAML 1.1 has, or
     * of several lines with white space at their beginning, which Go's yaml loses or misplaces.
     */
    static final List<String> SEPARATED = List.of("\n", "\na", " a\nb", "a\u0085b", "a\u2028b", "a\u2029b", "\u2028", "a\u2029", "\u0085\n\u2028 b");

    private YamlTexts() {}
}
