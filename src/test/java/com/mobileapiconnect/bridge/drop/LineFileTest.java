package com.mobileapiconnect.bridge.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file has each line once and whole, whatever a crash or a full disk has left of it. */
class LineFileTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("sms.jsonl");
    }

    private static LineFile.Line line(String id, boolean isRepeat) {
        String begin = "{\"deliveryId\":\"dlv_" + id + "\"";
        return new LineFile.Line(begin, begin + ",\"text\":\"" + id + "\"}", isRepeat);
    }

    private void append(LineFile.Line... lines) throws IOException {
        new LineFile(file).append("", List.of(lines));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file);
    }

    @Test
    void linesFollowEachOther() throws IOException {
        append(line("1", false), line("2", false));
        append(line("3", false));

        assertThat(lines())
                .containsExactly(
                        line("1", false).text(),
                        line("2", false).text(),
                        line("3", false).text());
        assertThat(Files.readString(file)).endsWith("\n");
    }

    @Test
    void aRepeatIsNotWrittenAgainAndItsNeighboursAre() throws IOException {
        append(line("1", false), line("2", false));
        append(line("2", true), line("3", true), line("1", true));

        assertThat(lines())
                .containsExactly(
                        line("1", false).text(),
                        line("2", false).text(),
                        line("3", false).text());
    }

    @Test
    void halfALineOfACrashIsTakenAwayAndWrittenWhole() throws IOException {
        append(line("1", false));
        Files.writeString(
                file, line("1", false).text() + "\n" + line("2", false).text().substring(0, 25));

        append(line("2", true));

        assertThat(lines())
                .containsExactly(line("1", false).text(), line("2", false).text());
    }

    @Test
    void theLineOfAPersonWithoutAnEndStays() throws IOException {
        Files.writeString(file, "# by hand");

        append(line("1", false));

        assertThat(lines()).containsExactly("# by hand", line("1", false).text());
    }

    @Test
    void aFileOfOtherColumnsIsLeftAsItIs() throws IOException {
        new LineFile(file).append("\"a\"", List.of(line("1", false)));
        String before = Files.readString(file);

        assertThatThrownBy(() -> new LineFile(file).append("\"a\",\"b\"", List.of(line("2", false))))
                .hasMessageContaining("other columns");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "theirs\n");
        Files.createSymbolicLink(file, elsewhere);

        assertThatThrownBy(() -> append(line("1", false))).isInstanceOf(IOException.class);
        assertThat(Files.readString(elsewhere)).isEqualTo("theirs\n");
    }

    @Test
    void aFullDiskIsSaidInWords() {
        assertThatThrownBy(() -> Files.writeString(Path.of("/dev/full"), "x"))
                .isInstanceOfSatisfying(IOException.class, e -> assertThat(DropFolder.words(e))
                        .isEqualTo("The disk of the folder is full"));
        assertThat(DropFolder.words(new NoSuchFileException("x"))).isEqualTo("The folder is not there");
        assertThat(DropFolder.words(new AccessDeniedException("x")))
                .isEqualTo("The bridge may not write into the folder");
    }
}
