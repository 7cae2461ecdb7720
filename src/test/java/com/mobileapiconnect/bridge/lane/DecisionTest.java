package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.delivery.Outcome;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps that decide, as they are written in a route. */
class DecisionTest {

    private static final CamelContext CAMEL = new DefaultCamelContext();

    static {
        CAMEL.addComponent("outbox", new OutboxComponent(null, null)); // endpoints are made, not used
    }

    @AfterAll
    static void stop() {
        CAMEL.stop();
    }

    private static Outcome decide(String uri, Exchange exchange) {
        return ((OutboxEndpoint) CAMEL.getEndpoint(uri)).decision().of(exchange);
    }

    private static Outcome decide(String uri) {
        return decide(uri, new DefaultExchange(CAMEL));
    }

    private static String refused(String uri) {
        try {
            Endpoint endpoint = CAMEL.getEndpoint(uri);
            throw new AssertionError("Not refused: " + endpoint);
        } catch (RuntimeException e) {
            return e.getMessage();
        }
    }

    @Test
    void aDecisionNeedsNoOption() {
        assertThat(decide("outbox:skip")).isEqualTo(new Outcome.Skipped("by-route"));
        assertThat(decide("outbox:reject").evidence().error()).isEqualTo("A step of the route rejected it");
        assertThat(((Outcome.Retry) decide("outbox:retry")).after()).isNull();
        assertThat(((Outcome.Delivered) decide("outbox:done")).record()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"90s,PT90S", "5m,PT5M", "2h,PT2H", "1d,P1D", "PT5M,PT5M", "PT0.5S,PT0.5S", "0s,PT0S", "P1D,P1D"})
    void anotherAttemptIsAskedForInAnyUsualForm(String after, Duration duration) {
        assertThat(((Outcome.Retry) decide("outbox:retry?after=" + after)).after())
                .isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outbox:sendd | begins a route with due, and has the steps send, skip, reject, retry and done, not sendd",
                "outbox:send?reason=x | outbox:send has no option reason; it takes none",
                "outbox:due?concurrency=4 | outbox:due has no option concurrency; it takes none",
                "outbox:skip?reson=x | outbox:skip has no option reson; it takes reason, reasonFrom",
                "outbox:skip?size=7 | outbox:skip has no option size",
                "outbox:skip?reason=x&reasonFrom=y | outbox:skip takes reason or reasonFrom, not both",
                "outbox:reject?after=5m | outbox:reject has no option after",
                "outbox:reject?reason=${body} | outbox:reject does not evaluate reason=${body}: set an exchange property",
                "outbox:retry?after=soon | outbox:retry needs a time like 90s, 5m, 2h or PT5M for after, at most 24 hours, not soon",
                "outbox:retry?after=25h | at most 24 hours, not 25h",
                "outbox:retry?after=-PT5M | at most 24 hours, not -PT5M",
                "outbox:done?externalUrl=javascript:alert(1) | needs a URL of http or https for externalUrl, not javascript:alert(1)",
                "outbox:done?externalId= | outbox:done needs a value for externalId",
            })
    void whatAStepCannotUseIsRefusedWhenItsRouteIsMade(String uri, String why) {
        assertThat(refused(uri)).contains(why);
    }

    @Test
    void aValueOfTheExchangeIsTakenAsItIs() {
        Exchange exchange = new DefaultExchange(CAMEL);
        String text = "${body}&after=1s?x=#{y} {{z}}";
        exchange.setProperty("why", text);
        exchange.getMessage().setHeader("Location", "https://erp.example.com/r/1");
        assertThat(decide("outbox:skip?reasonFrom=why", exchange)).isEqualTo(new Outcome.Skipped(text));
        assertThat(decide("outbox:skip?reasonFrom=none", exchange)).isEqualTo(new Outcome.Skipped("by-route"));
        Outcome done = decide("outbox:done?externalIdFrom=why&externalUrlFrom=header:Location", exchange);
        assertThat(((Outcome.Delivered) done).record())
                .isEqualTo(new Outcome.ExternalRecord(text, "https://erp.example.com/r/1"));
    }

    @Test
    void aTimeOfTheExchangeThatIsNoneIsAFailureOfTheStep() {
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.setProperty("wait", "soon");
        assertThatThrownBy(() -> decide("outbox:retry?afterFrom=wait", exchange))
                .hasMessageContaining("not soon");
        exchange.setProperty("wait", "P3D");
        assertThatThrownBy(() -> decide("outbox:retry?afterFrom=wait", exchange))
                .hasMessageContaining("at most 24 hours");
    }

    @Test
    void aLinkOfTheExchangeThatIsNoneIsLeftOut() {
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.setProperty("link", "javascript:alert(1)");
        Outcome done = decide("outbox:done?externalId=7&externalUrlFrom=link", exchange);
        assertThat(((Outcome.Delivered) done).record()).isEqualTo(new Outcome.ExternalRecord("7", null));
    }
}
