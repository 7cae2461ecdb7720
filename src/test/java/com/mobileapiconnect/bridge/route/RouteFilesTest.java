package com.mobileapiconnect.bridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {

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
                "README.md",
                ".deliver.camel.yaml.swp");

        RouteFiles files = RouteFiles.of(new RouteSettings(directory.toString()));

        assertThat(files.uris()).containsExactly("file:" + directory.resolve("deliver.camel.yaml"));
        assertThat(files.leftAside())
                .containsExactly("a.camel.yml", "b.yml", "c.yaml", "d.kamelet.yaml", "deliver.camel.yaml.bak", "more/");
        assertThat(files.where()).contains(directory.toString()).contains("restart");
    }

    @Test
    void aDirectoryThatIsNamedAndIsNotThereIsRefused() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> RouteFiles.of(new RouteSettings(missing.toString())))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("BRIDGE_ROUTES_DIR=" + missing + " is no directory");
    }

    @Test
    void aDirectoryWithoutARouteIsRefused() throws IOException {
        write("deliver.yaml");
        assertThatThrownBy(() -> RouteFiles.of(new RouteSettings(directory.toString())))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("holds no file whose name ends in .camel.yaml");
    }

    @Test
    void withoutASettingTheUsualDirectoryIsTaken() throws IOException {
        assertThat(RouteFiles.of(new RouteSettings("")).uris()).hasSize(4).allMatch(uri -> uri.startsWith("file:"));
    }
}
