package com.mobileapiconnect.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of backups may hold files of others. */
class BackupFilesTest {

    @TempDir
    Path directory;

    @Test
    void onlyABackupThatWasCutShortIsDeletedAndNoFileOfOthers() throws IOException {
        Path cutShort = Files.createFile(directory.resolve("bridge-20261128T054118.019Z.db.part"));
        Path foreign = Files.createFile(directory.resolve("film.mkv.part"));

        Path begun = new BackupFiles(directory).begin("bridge-20261128T060000.000Z.db");

        assertThat(cutShort).doesNotExist();
        assertThat(foreign).exists();
        assertThat(begun).exists();
    }
}
