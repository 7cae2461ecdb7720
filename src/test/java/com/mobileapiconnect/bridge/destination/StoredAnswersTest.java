package com.mobileapiconnect.bridge.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target's {@code success}, {@code failureWhen} and {@code replyFrom} after a restart. */
@OnBothDatabases
class StoredAnswersTest {

    @TempDir
    Path directory;

    @Test
    void areAsTheyWereSet(Database database) throws Exception {
        try (var store = database.store(directory)) {
            Targets targets = StoredTargets.of(store);
            Target usual = target("con_usual", "{}");
            Target own = target(
                    "con_own",
                    "{\"success\":[\"2xx\",302],\"failureWhen\":{\"pointer\":\"/ok\",\"equals\":false},"
                            + "\"replyFrom\":\"/sms/text\"}");
            for (Target target : new Target[] {usual, own}) {
                StoredTargets.put(store, targets, target);
            }

            Targets again = StoredTargets.of(store);

            assertThat(again.find("con_own")).get().extracting(Target::answers).isEqualTo(own.answers());
            assertThat(again.find("con_usual"))
                    .get()
                    .extracting(Target::answers)
                    .isEqualTo(Answers.DEFAULT);
            assertThat(stored(store, "con_usual")).isNull();
        }
    }

    private static String stored(Store store, String id) {
        return store.read(sql -> sql.sql("select coalesce(answers, '-') from target where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .replaceFirst("^-$", "")
                .transform(text -> text.isEmpty() ? null : text);
    }

    private static Target target(String id, String fields) throws Exception {
        Target blank = Target.blankConnection(id, "ten_1", Instant.EPOCH);
        Answers answers = AnswersFields.read(Fields.of(new JsonMapper().readTree(fields), "", new ArrayList<>()));
        Target.Reach reach = new Target.Reach(
                blank.connector(),
                "https://erp.example.com",
                blank.properties(),
                HttpOptions.NONE,
                Signing.NONE,
                answers);
        return blank.asAction("ERP", reach, Form.PLAIN, null, Instant.EPOCH);
    }
}
