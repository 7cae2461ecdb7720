package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of a tenant's SMS: quiet hours, the answer to HELP, the words that stop SMS, and URLs that are told of them. */
final class SmsForms {

    static final String PATH = "/account/sms";

    private static final String SETTINGS = "/v1/sms-settings";
    private static final String WORDS = "/v1/opt-out-words";
    private static final String URLS = "/v1/status-urls";
    private static final String ID = "sta_[A-Za-z0-9_-]{1,80}";
    private static final String QUIET = "quietHours.";
    private static final List<String> HOURS = List.of("from", "to", "zone");

    /** The languages that have words, as the API names them. */
    static final List<String> LANGUAGES = List.of(
            "ar", "de", "el", "es", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "th", "tr",
            "uk", "vi", "zh");

    private static final Pattern OF_A_LIST = Pattern.compile("(.+)\\[(\\d{1,4})]");

    private SmsForms() {}

    /**
     * A form of the page. Its fields have the names that the API gives them.
     *
     * @param form      what stands, or what was typed and is not saved
     * @param version   that the form was made of; one that nobody has seen yet is not changed by it
     * @param errors    what is wrong with each field
     * @param meanwhile what somebody else has changed; null for nothing
     */
    record Part(
            Form form,
            String version,
            Map<String, String> errors,
            @Nullable Meanwhile meanwhile) {

        private static final Set<String> SHOWN = Set.of(
                QUIET + "from", QUIET + "to", QUIET + "zone", "help.text", "help.words", "optOutWords", "optInWords");

        /** Returns what is wrong with anything that has no field to stand at. */
        List<String> otherErrors() {
            return errors.entrySet().stream()
                    .filter(each -> !SHOWN.contains(each.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        String text(String name) {
            return form.raw(name);
        }

        boolean has(String name, String value) {
            return form.all(name).contains(value);
        }
    }

    record StatusUrl(
            String id, String url, String status, @Nullable String statusReason) {

        boolean isWell() {
            return status.equals("active");
        }
    }

    /** @param urls null if the reader's key may not ask */
    record Shown(Part guards, Part words, @Nullable List<StatusUrl> urls) {

        boolean isRefused() {
            return guards.meanwhile() != null || words.meanwhile() != null;
        }
    }

    /** Returns the name of a language in that of the page. */
    static String language(String code, Texts texts) {
        return Locale.forLanguageTag(code).getDisplayLanguage(Locale.forLanguageTag(texts.language()));
    }

    static Reply show(Visit visit) {
        return page(visit, standing(visit.get(SETTINGS), true), standing(visit.get(WORDS), false));
    }

    private static Reply page(Visit visit, Part guards, Part words) {
        Answer urls = visit.call(Call.get(URLS).with("limit", "50"));
        Shown shown = new Shown(guards, words, urls.isGood() ? urls.list(StatusUrl.class) : null);
        return Reply.page(shown.isRefused() ? Meanwhile.CHANGED : Reply.OK, "sms.title", "sms", shown);
    }

    private static Part standing(Answer answer, boolean guards) {
        JsonNode json = answer.orThrow().json();
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (guards) {
            JsonNode hours = json.path("quietHours");
            HOURS.forEach(name -> put(fields, QUIET + name, hours.path(name).asText("")));
            fields.put(QUIET + "days", texts(hours.path("days")));
            put(fields, QUIET + "replies", hours.path("replies").asBoolean() ? "yes" : "");
            put(fields, "help.text", json.path("help").path("text").asText(""));
            put(fields, "help.words", String.join("\n", texts(json.path("help").path("words"))));
        } else {
            fields.put("languages", texts(json.path("languages")));
            put(fields, "optOutWords", String.join("\n", texts(json.path("optOutWords"))));
            put(fields, "optInWords", String.join("\n", texts(json.path("optInWords"))));
        }
        return new Part(new Form(fields), answer.tag(), Map.of(), null);
    }

    private static void put(Map<String, List<String>> fields, String name, String value) {
        fields.put(name, List.of(value));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    static Reply act(Visit visit) {
        return switch (visit.part(1)) {
            case "guards" -> save(visit, SETTINGS, guards(visit.form()));
            case "words" -> save(visit, WORDS, words(visit.form()));
            case "forget" -> forget(visit);
            default -> show(visit);
        };
    }

    private static ObjectNode guards(Form form) {
        ObjectNode wanted = Answer.JSON.createObjectNode();
        if (form.has(QUIET + "from") || form.has(QUIET + "to")) {
            ObjectNode hours = wanted.putObject("quietHours");
            HOURS.stream()
                    .filter(name -> form.has(QUIET + name))
                    .forEach(name -> hours.put(name, form.get(QUIET + name)));
            if (!form.all(QUIET + "days").isEmpty()) {
                list(hours, "days", form.all(QUIET + "days"));
            }
            if (form.has(QUIET + "replies")) {
                hours.put("replies", true);
            }
        }
        if (form.has("help.text") || form.has("help.words")) {
            ObjectNode help = wanted.putObject("help").put("text", form.raw("help.text"));
            list(help, "words", form.lines("help.words"));
        }
        return wanted;
    }

    /** Returns what is to be set. All languages are no list of them: one that is added counts too. */
    private static ObjectNode words(Form form) {
        ObjectNode wanted = Answer.JSON.createObjectNode();
        if (!form.all("languages").containsAll(LANGUAGES)) {
            list(wanted, "languages", form.all("languages"));
        }
        list(wanted, "optOutWords", form.lines("optOutWords"));
        list(wanted, "optInWords", form.lines("optInWords"));
        return wanted;
    }

    private static void list(ObjectNode into, String name, List<String> values) {
        ArrayNode list = into.putArray(name);
        values.forEach(list::add);
    }

    private static Reply save(Visit visit, String api, ObjectNode wanted) {
        Form form = visit.form();
        Answer saved = visit.call(Call.send("PUT", api, Visit.bytes(wanted)).ifVersion(form.get("version")));
        Part typed;
        if (saved.status() == 422) {
            typed = new Part(form, form.get("version"), named(saved.errors(), form), null);
        } else if (saved.status() == Meanwhile.CHANGED) {
            Answer now = visit.get(api);
            Meanwhile meanwhile = Meanwhile.of(visit, visit.tenantId(), now.json(), wanted);
            typed = new Part(form, now.tag(), Map.of(), meanwhile);
        } else {
            saved.orThrow();
            return Reply.to(PATH + "?said=saved");
        }
        return api.equals(SETTINGS)
                ? page(visit, typed, standing(visit.get(WORDS), false))
                : page(visit, standing(visit.get(SETTINGS), true), typed);
    }

    /** Returns the errors at the fields of the form: what is wrong with a line is said with the line. */
    private static Map<String, String> named(Map<String, String> errors, Form form) {
        Map<String, String> named = new LinkedHashMap<>();
        errors.forEach((at, words) -> {
            Matcher line = OF_A_LIST.matcher(at);
            if (line.matches()) {
                List<String> lines = form.lines(line.group(1));
                int n = Integer.parseInt(line.group(2));
                named.merge(
                        line.group(1), n < lines.size() ? lines.get(n) + ": " + words : words, (a, b) -> a + "; " + b);
            } else {
                named.put(at, words);
            }
        });
        return named;
    }

    private static Reply forget(Visit visit) {
        String id = visit.form().get("id");
        visit.call(Call.send("DELETE", URLS + "/" + (id.matches(ID) ? id : "none"))
                        .with("discard", visit.form().has("sure") ? "true" : null))
                .orThrow();
        return Reply.to(PATH + "?said=deleted");
    }
}
