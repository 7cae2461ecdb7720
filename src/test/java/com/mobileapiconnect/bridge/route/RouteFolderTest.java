package com.mobileapiconnect.bridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFolderTest {

    @TempDir
    Path directory;

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    @Test
    void whatIsNoRouteIsNamed() throws IOException {
        write(
                "deliver.camel.yaml",
                "a.camel.yml",
                "b.yml",
                "c.yaml",
                "d.kamelet.yaml",
                "deliver.camel.yaml.bak",
                "more/e.camel.yaml",
                "Upper.camel.yaml",
                "README.md",
                ".deliver.camel.yaml.swp");

        RouteFolder folder = RouteFolder.named(directory.toString());

        assertThat(folder.look()).containsOnlyKeys("deliver");
        assertThat(folder.leftAside())
                .containsExactly(
                        "Upper.camel.yaml",
                        "a.camel.yml",
                        "b.yml",
                        "c.yaml",
                        "d.kamelet.yaml",
                        "deliver.camel.yaml.bak",
                        "more/");
    }

    @Test
    void aDirectoryThatIsNamedAndIsNotThereIsRefused() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> RouteFolder.named(missing.toString()))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("BRIDGE_ROUTES_DIR=" + missing + " is no directory");
    }

    @Test
    void aDirectoryIsMadeWithTheFirstRouteAndHasNothingElseAfterwards() throws IOException {
        Path made = directory.resolve("routes");
        RouteFolder folder = new RouteFolder(made);
        assertThat(folder.look()).isEmpty();

        folder.write("mine", "one".getBytes(StandardCharsets.UTF_8));
        folder.write("mine", "two".getBytes(StandardCharsets.UTF_8));

        assertThat(made).isDirectoryContaining("glob:**/mine.camel.yaml");
        assertThat(Files.list(made)).hasSize(1);
        assertThat(folder.read("mine")).asString().isEqualTo("two");
        folder.write("mine", null);
        assertThat(folder.read("mine")).isNull();
    }

    @Test
    void aHugeFileIsReadNoFurtherThanOneByteBeyondTheBound() throws IOException {
        Files.write(directory.resolve("huge.camel.yaml"), new byte[5 << 20]);
        assertThat(new RouteFolder(directory).read("huge")).hasSize(RouteText.MOST_BYTES + 1);
    }
}
