package com.mobileapiconnect.bridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** How much of the heap answers may take until their readers have them, a tenant's and all together. */
class AnswerMemoryTest extends SharedBridgeSuite {

    private static final long LONG = 1 << 20;
    private static final Weighed ROW = () -> LONG;

    private final AnswerMemory memory = new AnswerMemory(8 * LONG);

    private static MockHttpServletRequest claim(AnswerMemory memory, String owner, long weight) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        TreeMemory.owner(request, owner);
        memory.claim(request, weight);
        return request;
    }

    private static void written(AnswerMemory memory, MockHttpServletRequest request) {
        memory.afterCompletion(request, new MockHttpServletResponse(), memory, null);
    }

    private void assertRefused(String owner, HttpStatus status) {
        assertThatThrownBy(() -> claim(memory, owner, LONG))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(status));
    }

    @Test
    void aTenantHasAHalfUntilItsAnswersAreWritten() {
        MockHttpServletRequest first = claim(memory, "a", 3 * LONG);
        claim(memory, "a", LONG);
        assertRefused("a", HttpStatus.TOO_MANY_REQUESTS);
        claim(memory, "b", LONG);
        written(memory, first);
        written(memory, first);
        claim(memory, "a", 3 * LONG);
        assertRefused("a", HttpStatus.TOO_MANY_REQUESTS);
    }

    @Test
    void allTogetherHaveABound() {
        claim(memory, "a", 4 * LONG);
        claim(memory, "b", 4 * LONG);
        assertRefused("c", HttpStatus.SERVICE_UNAVAILABLE);
    }

    @Test
    void shortAnswersAreAlwaysWrittenAndALongOneAlone() {
        MockHttpServletRequest longest = claim(memory, "a", 100 * LONG);
        assertRefused("a", HttpStatus.TOO_MANY_REQUESTS);
        for (int i = 0; i < 1_000; i++) {
            claim(memory, "a", AnswerMemory.SHORT);
        }
        written(memory, longest);
        claim(memory, "a", LONG);
    }

    @Test
    void aPageWeighsWhatItsRowsWeigh() {
        assertThat(new Page<>(List.of(ROW, ROW, "short"), null).weight()).isEqualTo(2 * LONG);
    }

    @Test
    void eachLongListIsWeighedAndGivesBackWhatItTook() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        AnswerMemory real = bridge.bean(AnswerMemory.class);
        String token =
                tenant.api().post("/v1/devices", "{\"name\":\"p\"}").expect(201).at("/token");
        tenant.api()
                .as(token)
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + "x".repeat(70_000) + "\"}")
                .expect(202);

        MockHttpServletRequest slow = claim(real, tenant.id(), Long.MAX_VALUE);
        tenant.api().get("/v1/messages").expect(429);
        tenant.api().get("/v1/devices").expect(200);
        written(real, slow);
        tenant.api().get("/v1/messages").expect(200);
        written(real, claim(real, tenant.id(), Long.MAX_VALUE));
    }
}
