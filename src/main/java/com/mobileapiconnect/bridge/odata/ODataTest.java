package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamException;
import org.springframework.stereotype.Component;

/** The test of a connection: reads what the service says of itself, and compares. Writes nothing. */
@Component
class ODataTest {

    /** The most of {@code $metadata} that is read; large services have some megabytes. */
    static final int LARGEST_METADATA = 8 << 20;

    /** The metadata documents that are read at a time, because of their size. */
    private static final int AT_ONCE = 2;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    ErpFindings run(ODataSettings settings, Session session, Wire wire, ErpConnection connection) {
        try {
            if (!turns.tryAcquire(wire.nanosLeft(), TimeUnit.NANOSECONDS)) {
                return busy(settings.service().place());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy(settings.service().place());
        }
        try {
            HttpResult result = session.call(
                    wire,
                    HttpRequest.get(settings.service().at("$metadata"), Map.of("Accept", "application/xml")),
                    LARGEST_METADATA);
            return result instanceof Answered answer
                    ? said(settings, answer, connection)
                    : OverHttp.findings((Failed) result, settings.service().place());
        } finally {
            turns.release();
        }
    }

    private static ErpFindings busy(String place) {
        return ErpFindings.wrong(
                Fault.answer(place, "nothing yet: other tests are under way and take long. Try again in a moment."));
    }

    private static ErpFindings said(ODataSettings settings, Answered answer, ErpConnection connection) {
        if (!answer.isGood()) {
            return refused("$metadata", settings.service().place(), answer);
        }
        if (answer.body().length() >= LARGEST_METADATA / 2
                && !answer.body().stripTrailing().endsWith(">")) {
            return ErpFindings.right(
                    "The login works",
                    "The service says more of itself than the bridge reads, so the fields were not compared");
        }
        Metadata metadata;
        try {
            metadata = MetadataReader.read(answer.body());
        } catch (XMLStreamException e) {
            return ErpFindings.wrong(
                    Fault.answer(
                            settings.service().place(),
                            "with something that is no metadata of OData. Check whether outboundUrl is the root of a service."));
        }
        List<Fault> faults =
                MetadataCheck.faults(metadata, settings, connection.properties().path("fields"));
        return faults.isEmpty()
                ? ErpFindings.right(
                        "The login works",
                        "The entity set " + settings.entitySet() + " is there",
                        "All mapped fields are there, can be written and have fitting types")
                : new ErpFindings(List.of("The login works"), faults);
    }

    /** @param asked what was asked for */
    static ErpFindings refused(String asked, String place, Answered answer) {
        String words = ODataError.of(answer.body()).words();
        Fault fault = Fault.ofStatus(answer.status(), asked, place).orElseThrow();
        return ErpFindings.wrong(
                words == null ? fault : new Fault(fault.kind(), fault.words() + " The service says: " + words));
    }
}
