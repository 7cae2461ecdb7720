package com.mobileapiconnect.bridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.RequestParam;

/** A query has the parameters that the handler declares, each once and with a value, or it is refused. */
class QueryParametersTest {

    private final QueryParameters parameters = new QueryParameters();

    @SuppressWarnings("unused") // declares what a handler takes
    static final class Handlers {

        void list(Page.Request page, @RequestParam String status, @RequestParam String messageId, String body) {}

        void none(String id) {}
    }

    private static Method handler(String name) {
        return Arrays.stream(Handlers.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void check(String handler, @Nullable String query) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/list");
        request.setQueryString(query);
        request.addParameter("from the body", "1");
        parameters.check(handler(handler), request);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "status=failed",
                "limit=1&cursor=x&status=y&messageId=z",
                "&",
                "&&status=a&&",
                "st%61tus=a",
                "status=a=b",
                "status=%3D",
                "status=+",
                "status=%20",
                "status=%D0%96",
                "status=%F0%9F%98%80",
                "status=a%26b",
                "status=a;b",
                "status=?",
                "status=%7f",
                "status=%0A",
                "messageId=msg_1&limit=500",
                "limit=-1",
                "limit=none",
                "status=%EF%BF%BD"
            })
    void aQueryOfWhatIsKnownIsGood(@Nullable String query) {
        assertThatCode(() -> check("list", query)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // query, field, part of the message
                "stauts=a stauts mean_status?",
                "statu=a statu mean_status?",
                "Status=a Status mean_status?",
                "STATUS=a STATUS mean_status?",
                "messageid=a messageid mean_messageId?",
                "message_id=a message_id mean_messageId?",
                "messageI=a messageI mean_messageId?",
                "cursr=a cursr mean_cursor?",
                "limits=1 limits mean_limit?",
                "status[]=a status[] mean_status?",
                "q=a q request_takes_cursor,_limit,_messageId,_status",
                "body=a body request_takes",
                "page=2 page request_takes",
                "offset=2 offset request_takes",
                "st+atus=a st_atus mean_status?",
                "status%00=a status%00 is_unknown",
                "%zz=a %zz is_unknown",
                "%=a % is_unknown",
                "=a '' is_unknown",
                "= '' is_unknown",
                "status=a&status=a status more_than_once",
                "status=a&st%61tus=b status more_than_once",
                "status=a&limit=1&limit=1 limit more_than_once",
                "status= status must_have_a_value",
                "status status must_have_a_value",
                "limit=1&status&cursor=a status must_have_a_value",
                "status=% status cannot_be_read",
                "status=%4 status cannot_be_read",
                "status=%zz status cannot_be_read",
                "status=%+1 status cannot_be_read",
                "status=%ff status cannot_be_read",
                "status=%C3 status cannot_be_read",
                "status=%C3%28 status cannot_be_read",
                "status=%ED%A0%80 status cannot_be_read",
                "status=%C0%AF status cannot_be_read",
                "status=a%00 status cannot_be_read",
                "status=é status cannot_be_read",
                "status=%１1 status cannot_be_read",
            })
    void anythingElseIsRefusedByItsName(String query, String field, String message) {
        Problem problem = catchThrowableOfType(Problem.class, () -> check("list", query));

        assertThat(problem.status()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
        assertThat(problem.errors()).hasSize(1);
        assertThat(problem.errors().get(0).field()).isEqualTo(field.replace('_', field.contains("sage") ? '_' : ' '));
        assertThat(problem.errors().get(0).message()).contains(message.replace('_', ' '));
    }

    @Test
    void aHandlerWithoutParametersSaysSo() {
        Problem problem = catchThrowableOfType(Problem.class, () -> check("none", "status=1"));

        assertThat(problem).hasMessage("status is unknown; this request takes no parameters in its URL");
    }
}
