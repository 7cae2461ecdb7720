package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that phones make of their SMS are read as they are, and can do nothing but be read. */
class PhoneBackupTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00.000Z");

    private static Backup read(String file) {
        return Backup.read(file.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static String xml(String inside) {
        return "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By SMS Backup & Restore-->\n"
                + "<?xml-stylesheet type=\"text/xsl\" href=\"sms.xsl\"?>\n<smses count=\"1\">" + inside + "</smses>";
    }

    private static String sms(String body, String more) {
        return "<sms protocol=\"0\" address=\"+919876543210\" date=\"1781274720000\" type=\"1\" subject=\"null\" body=\""
                + body + "\" toa=\"null\" read=\"1\" " + more + "/>";
    }

    @Test
    void whatCameInIsTakenAndWhatWentOutIsCounted() {
        Backup backup = read(xml(sms("Hello &amp; &lt;you&gt;&#10;two", "")
                + sms("sent", "").replace("type=\"1\"", "type=\"2\"")
                + sms("", "")));

        assertThat(backup.received()).extracting(Captured::text).containsExactly("Hello & <you>\ntwo", "");
        assertThat(backup.received().get(0).from()).isEqualTo("+919876543210");
        assertThat(backup.received().get(0).at()).isEqualTo("1781274720000");
        assertThat(backup.others()).isEqualTo(1);
        assertThat(backup.refused()).isEmpty();
    }

    @Test
    void aTableIsReadAsSpreadsheetsWriteIt() {
        String table = "from\ttext\tdate\r\n+919876543210\tGr\u00fc\u00dfe\t1781274720000\r\n";
        byte[] ansi = table.getBytes(StandardCharsets.ISO_8859_1);
        byte[] marked = table.getBytes(StandardCharsets.UTF_16);
        byte[] windows = ("\ufeff" + table).getBytes(StandardCharsets.UTF_16LE);

        assertThat(List.of(ansi, marked, windows))
                .allSatisfy(file -> assertThat(Backup.read(file, NOW).received())
                        .extracting(Captured::text)
                        .containsExactly("Gr\u00fc\u00dfe"));
    }

    @Test
    void anEmojiThatTheAppWritesInTwoHalvesIsOneEmoji() {
        Backup backup = read(xml(sms("&#55357;&#56832; ok &#55357; &#0;&#128512;&#xD83D;", "")));

        assertThat(backup.received().get(0).text()).isEqualTo("😀 ok \uFFFD \uFFFD😀\uFFFD");
    }

    @Test
    void ofAnMmsTheTextIsTaken() {
        String mms = "<mms date=\"1781274720000\" msg_box=\"1\" address=\"+91111~+92222\"><parts>"
                + "<part seq=\"0\" ct=\"application/smil\" text=\"&lt;smil/&gt;\"/><part ct=\"image/jpeg\" text=\"null\" data=\"AAAA\"/>"
                + "<part ct=\"text/plain\" text=\"look\"/></parts><addrs><addr address=\"+91111\" type=\"137\"/>"
                + "<addr address=\"+92222\" type=\"151\"/></addrs></mms>";
        Backup backup = read(xml(mms + mms.replace("msg_box=\"1\"", "msg_box=\"2\"") + sms("after", "")));

        assertThat(backup.received()).extracting(Captured::text).containsExactly("look", "after");
        assertThat(backup.received().get(0).from()).isEqualTo("+91111");
        assertThat(backup.others()).isEqualTo(1);
    }

    @Test
    void anSmsWithoutATimeOrATextIsRefusedByItsNumber() {
        Backup backup = read(xml(sms("a", "")
                + "<sms address=\"1\" type=\"1\" body=\"b\" date=\"null\"/>"
                + "<sms address=\"1\" type=\"1\" body=\"null\" date=\"1781274720000\"/>"));

        assertThat(backup.refused())
                .containsExactly(
                        new BackupReading.Refused(2, "has no time that can be read"),
                        new BackupReading.Refused(3, "has no body"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE smses [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><smses><sms type=\"1\" date=\"1\" body=\"&x;\"/></smses>",
                "<!DOCTYPE smses SYSTEM \"http://127.0.0.1:1/x.dtd\"><smses/>",
                "<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><smses>&b;</smses>",
                "<smses>&undefined;</smses>",
                "<html/>",
                "<smses><sms",
                "from;text\n1;2\n",
                "from,text,receivedAt\n\"1,2,3\n",
                ""
            })
    void aFileThatIsNoneIsRefusedAndNothingIsFetched(String file) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(Problem.class);
    }

    @Test
    void aTableIsReadByTheNamesOfItsColumns() {
        Backup backup = read("\ufeffDate;Type;Sender;Message;SIM\r\n"
                + "2026-06-12T14:32:00.000Z;inbox;+919876543210;\"two; \"\"quoted\"\"\nlines\";1\r\n"
                + "1781274720000;sent;1;x;\r\n"
                + "\r\n"
                + "never;1;1;x;\r\n");

        assertThat(backup.received()).hasSize(1);
        Captured sms = backup.received().get(0);
        assertThat(sms.text()).isEqualTo("two; \"quoted\"\nlines");
        assertThat(sms.from()).isEqualTo("+919876543210");
        assertThat(sms.sim()).isEqualTo(1);
        assertThat(backup.others()).isEqualTo(1);
        assertThat(backup.refused()).hasSize(1);
    }

    @Test
    void aLongBackupIsReadInLittleTimeAndOneThatIsTooLongIsRefused() {
        String many = sms("The same again", "").repeat(BackupReading.MOST);
        long begun = System.nanoTime();
        assertThat(read(xml(many)).received()).hasSize(BackupReading.MOST);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
        assertThatThrownBy(() -> read(xml(many + sms("one more", "")))).hasMessageContaining("20000");
    }
}
