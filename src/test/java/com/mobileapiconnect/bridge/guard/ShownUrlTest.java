package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A URL that is written down keeps what tells it from others, and loses what may hold a secret. */
class ShownUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://erp.example.com/sms?token=s3cret, https://erp.example.com/sms?…",
        "https://user:s3cret@erp.example.com/sms, https://…@erp.example.com/sms",
        "https://a@b:s3cret@erp.example.com, https://…@erp.example.com",
        "HTTPS://s3cret@erp.example.com?s3cret#s3cret, HTTPS://…@erp.example.com?…",
        "https://erp.example.com/sms#s3cret, https://erp.example.com/sms?…",
        "https://erp.example.com/a@b, https://erp.example.com/a@b",
        "http://[::1]:9000/, http://[::1]:9000/",
        "from https://a.example/?s3cret to http://b.example/?s3cret, from https://a.example/?… to http://b.example/?…",
        "Balance?, Balance?",
    })
    void hidesUserInfoAndQuery(String text, String shown) {
        assertThat(ShownUrl.in(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            emptyValue = "",
            value = {
                "https://erp.example.com/sms => https://erp.example.com/sms",
                "https://erp.example.com/sms?token=s3cret => https://erp.example.com/sms?…",
                "https://erp.example.com/sms#s3cret => https://erp.example.com/sms?…",
                "https://erp.example.com/sms#a?s3cret => https://erp.example.com/sms?…",
                "https://erp.example.com?s3cret => https://erp.example.com?…",
                "https://user:s3cret@erp.example.com/ => https://…@erp.example.com/",
                "https://a@b:s3cret@erp.example.com => https://…@erp.example.com",
                "HTTPS://s3cret@erp.example.com?s3cret => HTTPS://…@erp.example.com?…",
                "//s3cret@erp.example.com/x => //…@erp.example.com/x",
                "//erp.example.com/x?s3cret => //erp.example.com/x?…",
                "ftp://u:s3cret@erp.example.com/x => ftp://…@erp.example.com/x",
                "https:\\\\u:s3cret@erp.example.com/x => https:\\\\…@erp.example.com/x",
                "/login => /login",
                "/login?next=s3cret => /login?…",
                "login?s3cret => login?…",
                "../up#s3cret => ../up?…",
                "?s3cret => ?…",
                "#s3cret => ?…",
                "/a@b => /a@b",
                "https://erp.example.com/a@b => https://erp.example.com/a@b",
                "mailto:ops@example.com => mailto:ops@example.com",
                "http://[::1]:9000/?s3cret => http://[::1]:9000/?…",
                "'' => ''",
            })
    void hidesTheSameOfALinkThatMayBeRelative(String link, String shown) {
        assertThat(ShownUrl.ofLink(link)).isEqualTo(shown).doesNotContain("s3cret");
    }

    @Test
    void takesNoTimeForAHostileText() {
        assertThat(ShownUrl.ofLink("https://" + "@".repeat(20_000))).isEqualTo("https://…@");
        assertThat(ShownUrl.in("https://" + "@".repeat(20_000))).hasSizeLessThan(30_000);
        assertThat(ShownUrl.in("http://".repeat(5_000))).isNotEmpty();
    }
}
