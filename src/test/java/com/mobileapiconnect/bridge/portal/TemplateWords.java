package com.mobileapiconnect.bridge.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that a template shows by itself, in its text and in attributes that people read. */
final class TemplateWords {

    /** Names that are the same in every language, and what is in code. */
    private static final Set<String> NAMES = Set.of(
            "ERP Bridge", "· ERP Bridge", "JSON", "URL", "YAML", "curl", "https://", "SIM", "· SIM", "SMS", "CSV");

    private static final Pattern READ = Pattern.compile("\\b(?:title|placeholder|aria-label|alt)=\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("(?s)<(code|pre)\\b[^>]*>[^<]*</\\1>");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

    private TemplateWords() {}

    static List<String> of(String template) {
        List<String> words = new ArrayList<>();
        String shown = withoutCode(template.replaceAll("(?m)^(@import|@param) .*$|^!\\{.*}$", ""));
        Matcher read = READ.matcher(shown);
        while (read.find()) {
            add(read.group(1), words);
        }
        for (String text : CODE.matcher(shown).replaceAll("").split("<[^<>]*>")) {
            add(text.strip(), words);
        }
        return words;
    }

    private static void add(String text, List<String> words) {
        String plain = text.replaceAll("[a-z]+_…|[a-z]+\\.[a-z]+", "").strip();
        if (!NAMES.contains(plain) && WORD.matcher(plain).find()) {
            words.add(plain);
        }
    }

    /** Leaves out what the template computes: <code>${…}</code>, and the commands with their conditions. */
    private static String withoutCode(String template) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int open = opening(template, at);
            if (open > at) {
                at = end(template, open);
            } else if (template.startsWith("@else", at) || template.startsWith("@end", at)) {
                at += template.startsWith("@else", at) ? 5 : template.startsWith("@endif", at) ? 6 : 7;
            } else {
                shown.append(template.charAt(at++));
            }
        }
        return shown.toString();
    }

    /** Returns the place behind the bracket that opens code here; the place itself if none does. */
    private static int opening(String template, int at) {
        for (String code : List.of("${", "!{", "@if(", "@elseif(", "@for(", "@raw(")) {
            if (template.startsWith(code, at)) {
                return at + code.length();
            }
        }
        if (template.startsWith("@template.", at)) {
            int bracket = template.indexOf('(', at);
            return template.startsWith("@template.layout", at) ? template.indexOf("@`", at) + 2 : bracket + 1;
        }
        return at;
    }

    /** Returns the place behind the bracket that closes the code; a page's content is none. */
    private static int end(String template, int from) {
        if (template.startsWith("@`", from - 2)) {
            return from;
        }
        boolean quoted = false;
        int depth = 1;
        int at = from;
        for (; at < template.length() && depth > 0; at++) {
            char c = template.charAt(at);
            if (c == '"' && template.charAt(at - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
            }
        }
        return at;
    }
}
