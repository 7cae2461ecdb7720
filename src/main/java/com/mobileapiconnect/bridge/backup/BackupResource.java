package com.mobileapiconnect.bridge.backup;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.backup.Backups.Backup;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Backups, for the operator. */
@RestController
@RequestMapping("/v1/backups")
class BackupResource {

    private final Backups backups;
    private final Audit audit;

    BackupResource(Backups backups, Audit audit) {
        this.backups = backups;
        this.audit = audit;
    }

    /** A backup as the API shows it; {@code file} is the backup's name in the directory of backups. */
    record BackupView(
            String file,
            String status,
            Instant at,
            @Nullable Long bytes,
            @Nullable String error) {

        static BackupView of(Backup backup) {
            return new BackupView(
                    backup.file(), backup.status().wireName(), backup.at(), backup.bytes(), backup.error());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    BackupView begin(Caller.OfOperator operator) {
        refuseWhereNoneCanBeMade();
        Backup begun = backups.begin()
                .orElseThrow(() -> Problem.conflict(
                        "A backup is being made. Wait until GET /v1/backups shows it as complete or failed."));
        audit.change(operator, null, new Audit.Entry("backup.create", begun.file(), null), tx -> {});
        return BackupView.of(begun);
    }

    @GetMapping
    Page<BackupView> list(Caller.OfOperator operator, Page.Request page) {
        refuseWhereNoneCanBeMade();
        return Page.of(backups.all().stream(), page, "bridge-", Backup::file).map(BackupView::of);
    }

    private void refuseWhereNoneCanBeMade() {
        if (!backups.possible()) {
            throw Problem.conflict("This bridge runs on PostgreSQL, which makes its own backups: use pg_dump, or the"
                    + " server's continuous archiving.");
        }
    }
}
