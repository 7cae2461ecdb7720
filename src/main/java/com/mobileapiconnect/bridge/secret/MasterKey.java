package com.mobileapiconnect.bridge.secret;

import com.mobileapiconnect.bridge.store.DataDirectory;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the master key, makes one on the first start, and refuses a key that does not fit the store. */
public final class MasterKey {

    static final String FILE = "master.key";
    private static final String PLACE = "meta/master-key-check";
    private static final String CHECK = "erp-bridge";
    private static final String FIND = "select value from meta where name = 'master-key-check'";
    private static final String KEEP = "insert into meta (name, value) values ('master-key-check', ?)";

    private MasterKey() {}

    /** @param given what {@code BRIDGE_MASTER_KEY} says; blank means the generated file in the data directory, which is asked for then only */
    public static Vault unlock(String given, Supplier<DataDirectory> directory, Store store) {
        String source = given.isBlank() ? directory.get().path().resolve(FILE).toString() : "BRIDGE_MASTER_KEY";
        Vault vault = Vault.of(given.isBlank() ? fromFile(directory.get()) : given.strip());
        Optional<String> check =
                store.read(sql -> sql.sql(FIND).query(String.class).optional());
        if (check.isEmpty()) {
            String box = Base64.getEncoder().encodeToString(vault.seal(CHECK, PLACE));
            store.writeNow(tx -> tx.sql().sql(KEEP).param(box).update());
            return vault;
        }
        try {
            vault.open(Base64.getDecoder().decode(check.get()), PLACE);
            return vault;
        } catch (WrongMasterKeyException e) {
            throw new WrongMasterKeyException(
                    "The master key in " + source + " is not the one this store was made with. Give back the key it"
                            + " was made with (BRIDGE_MASTER_KEY, or " + FILE + " in the data directory); without it"
                            + " the stored signing secrets cannot be read.",
                    e);
        }
    }

    private static String fromFile(DataDirectory directory) {
        Path file = directory.privateFile(FILE);
        try {
            String key = Files.readString(file).strip();
            return key.isEmpty() ? generate(file) : key;
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "Cannot read or make the master key in " + file + " (" + e.getMessage()
                            + "). Make room and let it be written, or give one with BRIDGE_MASTER_KEY.",
                    e);
        }
    }

    private static String generate(Path file) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String key = Base64.getEncoder().encodeToString(random);
        // On the disk before the first secret is sealed with it.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(key + "\n"));
            channel.force(true);
        }
        return key;
    }
}
