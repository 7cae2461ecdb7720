package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms that were sent in a session. Each form that is drawn has a number, and one that comes again (by a double click,
 * or by loading its answer again) does nothing again: it is answered as at first, once that is over. The answer may hold a
 * secret, so it is kept for a minute; that the form was sent is known for as long as its number is among the newest.
 */
final class SentForms {

    static final String NUMBER = "formNumber";

    /** So many forms are known, the newest, and so many answers are kept of them. */
    static final int FORMS = 100;

    static final int ANSWERS = 4;

    /** A longer answer is given to who waits for it, and not kept. Pages are packed by then. */
    static final int LONGEST = 64 << 10;

    static final Duration KEPT = Duration.ofMinutes(1);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 12;
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    private final Clock clock;
    private final Map<String, Sent> byForm = new LinkedHashMap<>(); // guarded by this, the oldest first

    /** @param until when the answer is forgotten; null for never, because there is nothing in it, or it is not there yet */
    private record Sent(
            CompletableFuture<FormAnswer> answer, @Nullable Instant until) {

        static final Sent FORGOTTEN = new Sent(CompletableFuture.completedFuture(FormAnswer.FORGOTTEN), null);
    }

    /**
     * The coming of a form.
     *
     * @param first whether it has to be done
     */
    record Turn(String form, boolean first, CompletableFuture<FormAnswer> answer) {}

    SentForms(Clock clock) {
        this.clock = clock;
    }

    /** Returns a number for a form that is drawn. */
    static String number() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Returns what tells a form from others: its number, where it is sent and all that is in it, because somebody may go back
     * and send the same form with something else in it. Null for a form without a number, and for what scripts ask.
     */
    static @Nullable String form(HttpServletRequest request, Form form) {
        if (request.getHeader("HX-Request") != null
                || !GIVEN.matcher(form.get(NUMBER)).matches()) {
            return null;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, request.getRequestURI() + "?" + request.getQueryString());
            form.fields().forEach((name, values) -> update(digest, name + values));
            form.files().forEach((name, file) -> {
                update(digest, name);
                digest.update(file);
            });
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether it comes for the first time, and its answer, which may not be there yet. */
    synchronized Turn send(String form) {
        forget();
        Sent before = byForm.get(form);
        if (before != null) {
            return new Turn(form, false, before.answer());
        }
        Turn first = new Turn(form, true, new CompletableFuture<>());
        byForm.put(form, new Sent(first.answer(), null));
        if (byForm.size() > FORMS) {
            byForm.remove(byForm.keySet().iterator().next());
        }
        return first;
    }

    /** Notes the answer, and gives it to those who wait for it; an answer that says that nothing was done is not kept. */
    void answered(Turn first, FormAnswer answer) {
        synchronized (this) {
            if (isKnown(first)) {
                keep(first, answer);
            }
        }
        first.answer().complete(answer);
    }

    private boolean isKnown(Turn first) {
        Sent sent = byForm.get(first.form());
        return sent != null && sent.answer() == first.answer();
    }

    private void keep(Turn first, FormAnswer answer) {
        if (!answer.isDone()) {
            byForm.remove(first.form());
        } else if (answer.body().length > LONGEST) {
            byForm.put(first.form(), Sent.FORGOTTEN);
        } else if (answer.body().length > 0) {
            byForm.put(first.form(), new Sent(first.answer(), clock.instant().plus(KEPT)));
            List<String> kept = kept();
            kept.subList(0, Math.max(0, kept.size() - ANSWERS)).forEach(each -> byForm.put(each, Sent.FORGOTTEN));
            CompletableFuture.delayedExecutor(KEPT.toSeconds() + 1, TimeUnit.SECONDS)
                    .execute(this::forget);
        }
    }

    private List<String> kept() {
        List<String> kept = new ArrayList<>();
        byForm.forEach((form, sent) -> {
            if (sent.until() != null) {
                kept.add(form);
            }
        });
        return kept;
    }

    /** Notes that there is no answer because of a bug: who waits for it is told so, and the form may be sent again. */
    void failed(Turn first, Throwable failure) {
        synchronized (this) {
            if (isKnown(first)) {
                byForm.remove(first.form());
            }
        }
        first.answer().completeExceptionally(failure);
    }

    /** Forgets the answers whose time is over. */
    synchronized void forget() {
        Instant now = clock.instant();
        byForm.replaceAll((form, sent) -> sent.until() == null || now.isBefore(sent.until()) ? sent : Sent.FORGOTTEN);
    }

    /** Forgets all. */
    synchronized void clear() {
        byForm.clear();
    }
}
