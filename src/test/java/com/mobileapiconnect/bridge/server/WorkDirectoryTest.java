package com.mobileapiconnect.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.RunningBridge;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP server's directories lie in the data directory, for its owner only, and leave nothing behind. */
class WorkDirectoryTest {

    @TempDir
    Path data;

    @Test
    void theyAreInTheDataDirectoryAndEmptiedAtEachStart() throws IOException {
        Path tomcat = data.resolve("tomcat");
        Path left = Files.createDirectories(tomcat.resolve("work/left"));
        Files.writeString(left.resolve("behind.txt"), "by a kill");
        Path elsewhere = Files.writeString(data.resolve("elsewhere.txt"), "not Tomcat's");
        Files.createSymbolicLink(tomcat.resolve("link"), elsewhere);

        try (RunningBridge bridge = RunningBridge.start(data)) {
            bridge.tenant().get("/v1/messages").expect(200);
            assertThat(left).doesNotExist();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tomcat)))
                    .isEqualTo("rwx------");
            assertThat(tomcat.resolve("work")).isDirectory();
            ServletContext context = bridge.bean(ServletContext.class);
            assertThat((File) context.getAttribute(ServletContext.TEMPDIR))
                    .exists()
                    .satisfies(temporary -> assertThat(temporary.toPath()).startsWithRaw(tomcat.toAbsolutePath()));
            assertThat(Path.of(context.getRealPath("/"))).startsWithRaw(tomcat.toAbsolutePath());
        }
        assertThat(tomcat).doesNotExist();
        assertThat(elsewhere).exists();
    }
}
