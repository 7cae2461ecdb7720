package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms in which services take several records in one call. Newer ones know both, older ones only the second. */
enum BatchForm {
    JSON {
        @Override
        HttpRequest request(ODataSettings settings, List<ErpWrite> writes) {
            return JsonBatch.of(settings, writes);
        }

        @Override
        void read(Answered whole, BatchAnswers into) {
            JsonBatch.answers(whole, into);
        }
    },
    MULTIPART {
        @Override
        HttpRequest request(ODataSettings settings, List<ErpWrite> writes) {
            return MultipartBatch.of(settings, writes);
        }

        @Override
        void read(Answered whole, BatchAnswers into) {
            MultipartBatch.answers(whole, into);
        }
    };

    /** The most that is read of an answer: some hundred bytes for each record. */
    static final int ANSWER_BYTES = 1 << 20;

    /** The statuses by which a service says that it does not know this form, of which it then did nothing. */
    private static final List<Integer> UNKNOWN = List.of(400, 404, 405, 406, 415, 501);

    abstract HttpRequest request(ODataSettings settings, List<ErpWrite> writes);

    abstract void read(Answered whole, BatchAnswers into);

    /** Returns what the service says to each of the writes; null to one that it says nothing of. */
    List<@Nullable Answered> answers(Answered whole, int writes) {
        BatchAnswers answers = new BatchAnswers(writes);
        read(whole, answers);
        return answers.all();
    }

    static boolean isUnknown(Answered answer) {
        return UNKNOWN.contains(answer.status());
    }

    /** Returns all forms, this one first. */
    List<BatchForm> andOthers() {
        List<BatchForm> all = new ArrayList<>(List.of(this));
        Arrays.stream(values()).filter(each -> each != this).forEach(all::add);
        return all;
    }
}
