package com.mobileapiconnect.bridge.secret;

import com.mobileapiconnect.bridge.store.DataDirectory;
import com.mobileapiconnect.bridge.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the master key, generates it at the first start, exchanges it if the previous one is given, and refuses a key
 * that does not fit the store.
 */
public final class MasterKey {

    private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);
    private static final String PREVIOUS = "BRIDGE_MASTER_KEY_PREVIOUS";

    private final KeyFile file;
    private final Resealing resealing;

    private MasterKey(KeyFile file, Resealing resealing) {
        this.file = file;
        this.resealing = resealing;
    }

    /**
     * @param given    value of {@code BRIDGE_MASTER_KEY}; blank means the generated file in the data directory, which
     *                 is opened only then
     * @param previous value of {@code BRIDGE_MASTER_KEY_PREVIOUS}: everything sealed with it is sealed again with the
     *                 current key, which for a generated key means a new one; blank, or not needed, changes nothing
     */
    public static Vault unlock(
            String given,
            String previous,
            Supplier<DataDirectory> directory,
            Store store,
            List<? extends SealedColumns> sealed) {
        MasterKey keys = new MasterKey(new KeyFile(directory), new Resealing(store, sealed));
        return given.isBlank() ? keys.generated(previous.strip()) : keys.given(given.strip(), previous.strip());
    }

    /** Refuses a given key, as {@link #unlock} would, for a store that is only read because another bridge has it. */
    public static void refuseWrong(String given, String previous, JdbcClient store) {
        Resealing.check(store).ifPresent(check -> {
            boolean fits = Stream.of(given.strip(), previous.strip())
                    .filter(key -> !key.isEmpty())
                    .anyMatch(key -> Resealing.opens(Vault.of(key), check));
            if (!fits) {
                throw wrong("BRIDGE_MASTER_KEY", !previous.isBlank());
            }
        });
    }

    private Vault given(String key, String previous) {
        Vault vault = Vault.of(key);
        if (resealing.firstUse(vault)) {
            return vault;
        }
        if (resealing.fits(vault)) {
            noNeed(previous);
            return vault;
        }
        return exchange(previous, vault, "BRIDGE_MASTER_KEY");
    }

    private Vault generated(String previous) {
        String key = file.read();
        Vault vault = Vault.of(key);
        if (resealing.firstUse(vault)) {
            return vault;
        }
        if (resealing.fits(vault)) {
            file.dropNext();
            if (!previous.equals(key)) {
                noNeed(previous);
                return vault;
            }
            Vault next = Vault.of(file.makeNext());
            done(resealing.run(vault, next), "a new key in " + file.path());
            file.promoteNext();
            return next;
        }
        Optional<Vault> cutShort = file.next().map(Vault::of).filter(resealing::fits);
        if (cutShort.isPresent()) {
            file.promoteNext();
            LOG.info("Finished the interrupted exchange of the master key: {} has the new key", file.path());
            return cutShort.get();
        }
        return exchange(previous, vault, file.path().toString());
    }

    private Vault exchange(String previous, Vault to, String source) {
        Vault from = previous.isEmpty() ? null : Vault.of(previous);
        if (from == null || !resealing.fits(from)) {
            throw wrong(source, from != null);
        }
        done(resealing.run(from, to), "the key in " + source);
        return to;
    }

    private static WrongMasterKeyException wrong(String source, boolean previousToo) {
        return new WrongMasterKeyException(
                "The master key in " + source + " is not the key of this store"
                        + (previousToo ? ", nor is the one in " + PREVIOUS : "")
                        + ". Provide the store's key (BRIDGE_MASTER_KEY, or " + KeyFile.NAME
                        + " in the data directory); the stored secrets cannot be read without it. To exchange the key"
                        + " for another one, provide the old key as " + PREVIOUS + " once.",
                null);
    }

    private static void done(int secrets, String key) {
        LOG.info(
                "Master key exchanged: {} secrets are now sealed with {}. {} can be removed; earlier backups still"
                        + " need it.",
                secrets,
                key,
                PREVIOUS);
    }

    private static void noNeed(String previous) {
        if (!previous.isEmpty()) {
            LOG.info("{} is not needed: everything is already sealed with the current master key", PREVIOUS);
        }
    }
}
