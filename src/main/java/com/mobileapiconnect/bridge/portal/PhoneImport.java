package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the SMS of a phone's backup: first says what would come in, if that is asked for, and then begins the job. */
final class PhoneImport {

    private static final String REPLIES = "replies";

    private PhoneImport() {}

    record Refused(int place, String message) {}

    record Sample(String from, String text, String receivedAt) {}

    /**
     * Tells what is in a file.
     *
     * @param fresh   those that are not here yet; null once they are being imported
     * @param refused the first that cannot be read
     * @param samples the first that would come in; null once they are being imported
     * @param job     that imports them; null as long as nothing was done
     */
    record Read(
            int received,
            @Nullable Integer fresh,
            @Nullable Integer there,
            int others,
            List<Refused> refused,
            @Nullable List<Sample> samples,
            @Nullable String job) {}

    /**
     * The page.
     *
     * @param read  null before a file was given
     * @param wrong why a file cannot be taken; null if it can
     */
    record Shown(
            String id,
            String name,
            boolean replies,
            @Nullable Read read,
            @Nullable String wrong) {}

    static Reply show(Visit visit, String id) {
        return page(visit, id, null, null);
    }

    static Reply act(Visit visit, String id) {
        Form form = visit.form();
        byte[] file = form.files().get("file");
        if (file == null) {
            return page(visit, id, null, visit.texts().get("import.nofile"));
        }
        Answer answer = visit.call(Call.send("POST", PhonesPage.API + "/" + id + "/import", file)
                .with("dryRun", form.get("do").equals("import") ? null : "true")
                .with(REPLIES, form.has(REPLIES) ? "true" : null));
        if (answer.status() == 422 || answer.status() == 413) {
            return page(visit, id, null, answer.detail());
        }
        return page(visit, id, answer.as(Read.class), null);
    }

    private static Reply page(Visit visit, String id, @Nullable Read read, @Nullable String wrong) {
        JsonNode phone = visit.get(PhonesPage.API + "/" + id).orThrow().json();
        return Reply.page(
                "import.title",
                "import",
                new Shown(id, phone.path("name").asText(), visit.form().has(REPLIES), read, wrong));
    }
}
