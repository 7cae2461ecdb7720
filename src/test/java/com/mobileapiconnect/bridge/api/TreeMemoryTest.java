package com.mobileapiconnect.bridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.Allocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** How much of the heap the trees of requests may take, each tenant's and all together. */
class TreeMemoryTest {

    private static final byte[] LARGE = "{},".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    private static final byte[] SMALL = "{}".getBytes(StandardCharsets.UTF_8);

    private final TreeMemory memory = new TreeMemory(8 * TreeMemory.weight(LARGE));

    private MockHttpServletRequest claim(String owner, byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        TreeMemory.owner(request, owner);
        memory.claim(request, body);
        return request;
    }

    private void answered(MockHttpServletRequest request) {
        memory.afterCompletion(request, new MockHttpServletResponse(), this, null);
    }

    @Test
    void aTenantHasAQuarterUntilItsRequestsAreAnswered() {
        MockHttpServletRequest first = claim("a", LARGE);
        claim("a", LARGE);
        assertThatThrownBy(() -> claim("a", SMALL))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS));
        claim("b", LARGE);
        answered(first);
        answered(first);
        claim("a", SMALL);
    }

    @Test
    void theLastQuarterOfAllIsForSmallOnes() {
        for (String tenant : "abcdef".split("")) {
            claim(tenant, LARGE);
        }
        assertThatThrownBy(() -> claim("g", LARGE))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status())
                        .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
        claim("g", SMALL);
    }

    @Test
    void whatIsLargerThanEverythingIsTakenAlone() {
        byte[] huge = new byte[(int) (9 * TreeMemory.weight(LARGE))];
        answered(claim("a", huge));
        claim("a", SMALL);
        assertThatThrownBy(() -> claim("a", huge)).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "0", "{\"a\":{}}", "{\"aa\":1,\"ab\":2}", "\"x\"", "[[[[]]]]", "\"a long text\""})
    void aTreeTakesNoMoreThanItsBodyWeighs(String value) {
        byte[] body = ("[" + (value + ",").repeat(10_000) + "0]").getBytes(StandardCharsets.UTF_8);
        assertThat(Allocation.of(() -> tree(body))).isLessThan(TreeMemory.weight(body) + (64 << 10));
    }

    private static void tree(byte[] body) {
        try {
            assertThat(new JsonMapper().readTree(body)).isNotEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
