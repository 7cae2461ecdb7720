package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.tenant.SignedIns;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class ApiRequestTest {

    private final ApiRequest request = new ApiRequest(
            (HttpServletRequest) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {HttpServletRequest.class},
                    (proxy, method, arguments) -> method.getName().equals("getAttribute") ? arguments[0] : null),
            SignedIns.ofTenant("key_1"),
            Call.send("POST", "/v1/webhooks/test"));

    @Test
    void aCallThatIsAnsweredBeforeItsFirstPartHasEndedStillWaitsForTheSecond() {
        assertThat(request.isAsyncStarted()).isFalse();
        request.startAsync(request, Detached.toNobody()).dispatch();
        assertThat(request.isAsyncStarted()).isTrue();
        assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.REQUEST);

        request.goOn();
        assertThat(request.isAsyncStarted()).isFalse();
        assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.ASYNC);
    }

    @Test
    void nothingOfTheOuterRequestIsHandedOnButWhatTheContainerNotes() {
        assertThat(request.getAttribute("com.example.Secret")).isNull();
        assertThat(request.getAttribute("org.apache.catalina.core.DISPATCHER_TYPE"))
                .isNotNull();
    }
}
