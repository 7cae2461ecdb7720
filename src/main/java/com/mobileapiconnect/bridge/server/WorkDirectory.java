package com.mobileapiconnect.bridge.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Gives Tomcat a directory of its own inside the data directory, readable by its owner only, in place of two in the
 * system's temporary directory, which a kill leaves behind. The bridge puts nothing into it; it is emptied at the start
 * and removed at the end.
 */
public final class WorkDirectory implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, DisposableBean {

    private final Path path;

    /** @param dataDirectory held by this process alone */
    public WorkDirectory(Path dataDirectory) {
        this.path = dataDirectory.resolve("tomcat");
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        try {
            remove();
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(path);
            }
            tomcat.setBaseDirectory(path.toFile());
            tomcat.setDocumentRoot(Files.createDirectory(path.resolve("docs")).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + path + " anew", e);
        }
    }

    @Override
    public void destroy() throws IOException {
        remove();
    }

    private void remove() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
