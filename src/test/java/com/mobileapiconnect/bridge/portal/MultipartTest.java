package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Forms with files, as browsers write them. */
class MultipartTest {

    private static Form read(String body) {
        return Multipart.read(
                "multipart/form-data; boundary=b", body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fieldsAndFilesAreToldApart() {
        Form form = read("""
                --b
                Content-Disposition: form-data; name="note"

                größer
                als

                --b
                Content-Disposition: form-data; name="day"

                MON
                --b
                Content-Disposition: form-data; name="day"

                TUE
                --b
                Content-Disposition: form-data; name="file"; filename="a.csv"
                Content-Type: text/csv

                1,2
                --c
                --b--
                """);

        assertThat(form.raw("note")).isEqualTo("größer\nals\n");
        assertThat(form.all("day")).containsExactly("MON", "TUE");
        assertThat(form.files()).containsOnlyKeys("file");
        assertThat(new String(form.files().get("file"), StandardCharsets.UTF_8)).isEqualTo("1,2\r\n--c");
    }

    @Test
    void aFileThatNobodyChoseIsNone() {
        Form form = read("""
                --b
                Content-Disposition: form-data; name="file"; filename=""
                Content-Type: application/octet-stream


                --b
                Content-Disposition: form-data; name="empty"


                --b--
                """);

        assertThat(form.files()).isEmpty();
        assertThat(form.fields()).containsOnlyKeys("empty");
        assertThat(form.get("empty")).isEmpty();
    }

    @Test
    void whatIsCutOffEndsTheForm() {
        assertThat(read("""
                --b
                Content-Disposition: form-data; name="a"

                1
                --b
                Content-Disposition: form-data; name="b"

                2""").fields()).containsOnlyKeys("a");
        assertThat(read("").fields()).isEmpty();
        assertThat(read("--b").fields()).isEmpty();
        assertThat(read("x\n\n\n\n--b\n").fields()).isEmpty();
    }

    @Test
    void aFormOfVeryManyPartsIsNotRead() {
        String part = "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n";

        assertThat(read(part.repeat(100) + "--b--\n").all("a")).hasSize(100);
        assertThat(read(part.repeat(101) + "--b--\n").fields()).isEmpty();
    }

    @Test
    void aFormWithAFileIsKnownByItsType() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        assertThat(Multipart.type(request)).isNull();
        request.setContentType("application/x-www-form-urlencoded");
        assertThat(Multipart.type(request)).isNull();
        request.setContentType("multipart/form-data");
        assertThat(Multipart.type(request)).isNull();
        request.setContentType("multipart/form-data; boundary=----WebKit7");
        assertThat(Multipart.type(request)).isEqualTo("multipart/form-data; boundary=----WebKit7");
    }
}
