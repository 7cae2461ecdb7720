package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and files that people take over: opt-outs, and the SMS of a phone's backup. */
class PortalUploadTest extends ReadersPages {

    private static final String OPT_OUTS = "/account/opt-outs";
    private static final String CUSTOMER = "919876543210";
    private static final String BACKUP = "from,text,receivedAt\n" + CUSTOMER + ",is it open?,2026-01-02T03:04:05Z\n";

    @BeforeEach
    void signIn() {
        browser.signIn(key);
    }

    private String optOuts(String query) {
        return browser.get(OPT_OUTS + query).expect(200).text();
    }

    @Test
    void numbersThatAreTypedAreTakenOverAndFound() {
        assertThat(optOuts("")).contains("No number has opted out");

        String page = browser.upload(OPT_OUTS, "", "numbers", "+91 98765 43210\nnobody\n919876543211")
                .expect(200)
                .text();

        assertThat(page).contains("2 numbers taken over, 0 had opted out before.", "1 line was refused", "Line 2:");
        tenant.get("/v1/opt-outs/" + CUSTOMER).expect(200);
        assertThat(optOuts("?number=91%2098765%2043210"))
                .contains("/messages/with?number=%2B91", "noted or taken over")
                .doesNotContain("919876543211");
        assertThat(optOuts("?number=4711")).contains("This number has not opted out");
    }

    @Test
    void aFileTakesThePlaceOfWhatIsTypedAndAnExportedOneCanComeBack() {
        browser.upload(OPT_OUTS, "name;number\nMe;" + CUSTOMER + "\n", "numbers", "919876543211")
                .expect(200);
        tenant.get("/v1/opt-outs/" + CUSTOMER).expect(200);
        tenant.get("/v1/opt-outs/919876543211").expect(404);
        browser.upload(OPT_OUTS, "+91 98765 43212").expect(200);

        String exported = browser.get(OPT_OUTS + "/export.csv").expect(200).text();

        assertThat(exported).contains("\"number\",\"since\",\"messageId\"", CUSTOMER);
        assertThat(browser.upload(OPT_OUTS, exported).expect(200).text())
                .contains("No number taken over, 2 had opted out before.")
                .doesNotContain("was refused");
    }

    @Test
    void whatCannotBeReadIsSaidAndStaysTyped() {
        assertThat(browser.upload(OPT_OUTS, "", "numbers", "\"919").expect(200).text())
                .contains("has a quote that does not end", ">\"919</textarea>");
        assertThat(browser.upload(OPT_OUTS, "").expect(200).text()).contains("must be 1 to 10000");
    }

    @Test
    void aFileThatIsSentTwiceIsDoneOnce() {
        String[] form = {"formNumber", "0123456789abcdef"};

        String first = browser.upload(OPT_OUTS, CUSTOMER, form).expect(200).text();
        String again = browser.upload(OPT_OUTS, CUSTOMER, form).expect(200).text();
        String other =
                browser.upload(OPT_OUTS, CUSTOMER + "\n", form).expect(200).text();

        assertThat(first).contains("1 number taken over, 0 had");
        assertThat(again).isEqualTo(first);
        assertThat(other).contains("No number taken over, 1 had");
    }

    @Test
    void aFormWithAFileNeedsThePageTooAndASession() {
        browser.formToken = "somebody-else";
        browser.upload(OPT_OUTS, CUSTOMER).expect(403);
        browser.cookie = "";
        assertThat(browser.upload(OPT_OUTS, CUSTOMER).expect(401).text()).contains("Sign in");

        tenant.get("/v1/opt-outs/" + CUSTOMER).expect(404);
    }

    @Test
    void whatIsTooLargeIsSaidOnAPage() {
        String form = browser.submit("/account/configuration", "yaml", "x".repeat(1 << 20))
                .expect(413)
                .text();
        assertThat(form).startsWith("<!doctype html>").contains("This is too large");

        assertThat(browser.upload(OPT_OUTS, "9".repeat(1 << 20) + "9")
                        .expect(200)
                        .text())
                .contains("The body is over 1 MiB");
    }

    @Test
    void aBackupIsLookedAtFirstAndThenImported() {
        String phone =
                tenant.post("/v1/devices", "{\"name\":\"Till\"}").expect(201).at("/id");
        String path = "/phones/" + phone + "/import";
        assertThat(browser.get("/phones/" + phone).expect(200).text()).contains("href=\"" + path + "\"");
        assertThat(browser.get(path).expect(200).text()).contains("Import earlier SMS", "Till");

        String look = browser.upload(path, BACKUP, "do", "look").expect(200).text();
        assertThat(look).contains("1 SMS would come in, 0 are here already.", "is it open?");
        assertThat(tenant.get("/v1/messages").json().path("data")).isEmpty();

        String begun =
                browser.upload(path, BACKUP + "x\n", "do", "import").expect(200).text();
        assertThat(begun).contains("The import of 1 SMS has begun.", "These cannot be read:");
        eventually(
                () -> assertThat(tenant.get("/v1/messages").json().path("data")).hasSize(1));
        String job = begun.replaceAll("(?s).*href=\"(/deliveries/jobs/[^\"]+)\".*", "$1");
        eventually(() -> assertThat(browser.get(job).expect(200).text())
                .contains("Importing SMS", "Imported</dt><dd class=\"number\">1<"));
    }

    @Test
    void aBackupThatIsNoneIsSaid() {
        Api.Reply made = tenant.post("/v1/devices", "{\"name\":\"Till\"}").expect(201);
        String path = "/phones/" + made.at("/id") + "/import";

        assertThat(browser.upload(path, "", "do", "look").expect(200).text()).contains("Choose a file");
        assertThat(browser.upload(path, "nothing of it", "do", "import")
                        .expect(200)
                        .text())
                .contains("role=\"alert\"");
        browser.get("/phones/dev_none/import").expect(404);
    }
}
